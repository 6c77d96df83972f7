package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.log.LogPort;
import java.time.Duration;
import java.time.Instant;

/**
 * What a lane's live rows weigh, and whether they are so many that it takes no more commands until some have ended: a
 * last resort, for what waits behind is not only creates, but cancels too. Where nothing ends, because what lives waits
 * for a cancel, some commands are taken all the same: found by the simulation. Of the lane's thread alone.
 */
final class Load {
    /** A row of common size in bytes, rather too many: its record, timer and places in tables. */
    private static final long ROW = 2048;
    /** For so long nothing may have ended until commands are taken all the same, and then for how long. */
    private static final Duration STUCK = Duration.ofSeconds(10);
    private static final Duration OPEN = Duration.ofMillis(500);

    private static final System.Logger LOG = System.getLogger(Load.class.getName());

    private final String taskType;
    private final long limit;
    private final LogPort log;
    private final LaneMeters meters;
    private long bytes;
    private boolean full;
    private boolean paused;
    private boolean moved;
    private Instant since = Instant.EPOCH;

    /** @param rows of common size, at which it is full; at least 1 */
    Load(String taskType, long rows, LogPort log, LaneMeters meters) {
        this.taskType = taskType;
        this.log = log;
        this.meters = meters;
        limit = rows > Long.MAX_VALUE / ROW ? Long.MAX_VALUE : rows * ROW;
    }

    /** How many rows of common size so much memory holds, at least one. */
    static long rows(long memory) {
        return Math.max(1, memory / ROW);
    }

    void add(Job job) {
        bytes += weight(job);
        moved = true;
    }

    /** Of a job that was added. */
    void remove(Job job) {
        bytes -= weight(job);
        moved = true;
    }

    /**
     * Pauses the commands, or lets them come; results, timers and polls go on, and so jobs end. Once a turn.
     *
     * @param live rows, for people
     */
    void pace(Instant now, int live) {
        boolean was = full;
        boolean holdBack = holdsBack(now);
        if (holdBack != paused) {
            paused = holdBack;
            log.pause(paused);
        }
        if (full && !was) {
            LOG.log(System.Logger.Level.WARNING, "lane {0} holds {1} live jobs and takes no more commands, cancels "
                    + "among them, until some have ended: start another worker, or give this one more heap", taskType,
                    live);
        } else if (was && !full) {
            LOG.log(System.Logger.Level.INFO, "lane {0} takes commands again", taskType);
        }
        meters.paused(full);
    }

    private boolean holdsBack(Instant now) {
        // until an eighth is gone: else each end would let a whole poll in
        full = bytes >= (full ? limit - limit / 8 : limit);
        if (!full || moved) {
            moved = false;
            since = now;
            return full;
        }
        var still = Duration.between(since, now);
        if (still.compareTo(STUCK.plus(OPEN)) >= 0) {
            since = now;
        }
        return still.compareTo(STUCK) < 0 || since.equals(now);
    }

    /** By what never changes: so what is added is what is removed. */
    private static long weight(Job job) {
        var accepted = job.accepted();
        long weight = ROW + 2L * accepted.name().length();
        for (var label : accepted.labels().entrySet()) {
            weight += 2L * (label.getKey().length() + label.getValue().length());
        }
        return weight;
    }
}
