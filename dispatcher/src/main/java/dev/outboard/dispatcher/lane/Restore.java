package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.log.LogPort.Bound;
import dev.outboard.dispatcher.log.Stopped;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.NewerWriter;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Undecodable;
import dev.outboard.dispatcher.wire.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition's state back. In this order, and never blocking the lane: the stable committed position, then the
 * end of state[p] = its high watermark (R4), then state[p] up to there, committed records only (R5).
 */
final class Restore {
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** A commit's markers land within milliseconds; what is open for so long has lost its producer, most likely. */
    private static final Duration OPEN = Duration.ofMillis(500);
    private static final Duration AGAIN = Duration.ofSeconds(2);
    /** A dead predecessor's transaction ends within its time-out and the coordinator's clean-up, 10 s each. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LogPort log;
    private final Shard shard;
    private final Map<JobId, Long> specs = new HashMap<>();
    private final CompletableFuture<Long> commandsStart;
    private final CompletableFuture<Long> commandsEnd;
    private final CompletableFuture<Long> stateStart;
    private CompletableFuture<OptionalLong> committed;
    private @Nullable CompletableFuture<Long> stateEnd;
    private boolean reading;
    private boolean sawRecord;
    private Instant askAgain = Instant.MAX;
    private final Instant began;
    private final Instant giveUp;
    private Instant endOpen;
    private long readTo = -1;
    private @Nullable Watermark watermark;
    private @Nullable CompletableFuture<Long> endAgain;

    Restore(LogPort log, Shard shard, Instant now) {
        this.log = log;
        this.shard = shard;
        began = now;
        giveUp = now.plus(PATIENCE);
        endOpen = now.plus(OPEN);
        commandsStart = log.bound(shard.partition, Bound.COMMANDS_START);
        commandsEnd = log.bound(shard.partition, Bound.COMMANDS_END);
        stateStart = log.bound(shard.partition, Bound.STATE_START);
        committed = log.committed(shard.partition);
    }

    Shard shard() {
        return shard;
    }

    /** Goes on as far as it can without waiting; true once it reads the state log. */
    boolean reading(Instant now) {
        if (reading || !committed.isDone()) {
            return reading;
        }
        if (committed.isCompletedExceptionally()) {
            askAgain(now);
            return false;
        }
        if (stateEnd == null) {
            stateEnd = log.bound(shard.partition, Bound.STATE_END);
        }
        if (stateEnd.isDone() && stateStart.isDone() && commandsStart.isDone() && commandsEnd.isDone()) {
            log.startReading(shard.partition, get(stateStart));
            reading = true;
        }
        return reading;
    }

    /** A predecessor's open transaction holds the position: it ends by itself, and sooner if somebody ends it. */
    private void askAgain(Instant now) {
        endOpen(now);
        if (now.isAfter(giveUp)) {
            get(committed);
        }
        if (askAgain.equals(Instant.MAX)) {
            askAgain = now.plus(PAUSE);
        } else if (!now.isBefore(askAgain)) {
            askAgain = Instant.MAX;
            committed = log.committed(shard.partition);
        }
    }

    /** Where the log stays hidden for long, whoever left its transaction open is fenced (R6). */
    private void endOpen(Instant now) {
        if (!now.isBefore(endOpen)) {
            endOpen = now.plus(AGAIN);
            log.endOpenTransaction(shard.partition);
        }
    }

    void apply(LogPort.State state) {
        // what came after the end was looked up is a successor's: this lane has lost the partition and does not know yet
        if (stateEnd == null || state.offset() >= get(stateEnd)) {
            return;
        }
        sawRecord = true;
        try {
            switch (Keys.kind(state.key())) {
                case JOB -> job(JobId.of(state.key()), state.value());
                case SPEC -> spec(JobId.of(state.key()), state);
                case WATERMARK -> watermark = state.value() == null ? null : Watermark.read(state.value());
                case OTHER -> {
                    // control of a later version: not ours to read
                }
            }
        } catch (Undecodable e) {
            throw new Stopped("record " + state.offset() + " of state partition " + shard.partition
                    + " cannot be read (" + e.getMessage() + "): restore the topic, or move the record away");
        } catch (NewerWriter e) {
            throw new Stopped("record " + state.offset() + " of state partition " + shard.partition + ": "
                    + e.getMessage());
        }
    }

    private void job(JobId id, byte @Nullable [] value) throws Undecodable {
        shard.rows.remove(id);
        shard.finished.remove(id);
        if (value == null) {
            return;
        }
        var job = JobRecords.read(id, value);
        var expires = job.times().expiresAt();
        if (expires == null) {
            shard.rows.put(id, new Row(shard, job, Row.NO_OFFSET));
        } else {
            shard.finished.put(job, expires);
        }
    }

    private void spec(JobId id, LogPort.State state) throws Undecodable {
        if (state.value() == null) {
            specs.remove(id);
        } else {
            SpecRecords.read(state.value());
            specs.put(id, state.offset());
        }
    }

    /** True once everything up to the end has been read; then the shard is ready to fold from its position on. */
    boolean done(long position, Instant now) {
        if (stateEnd == null) {
            return false;
        }
        long end = get(stateEnd);
        if (position < end) {
            if (position > readTo) {
                readTo = position;
                endOpen = now.plus(OPEN);
            }
            endOpen(now);
            return false;
        }
        try {
            settle();
            return true;
        } catch (Stopped e) {
            doubt(e, end);
            return false;
        }
    }

    private void settle() {
        shard.position = StartPosition.of(shard.partition, get(committed), watermark, get(commandsStart), sawRecord);
        shard.backlogEnd = get(commandsEnd);
        shard.rows.forEach((id, row) -> {
            var offset = specs.get(id);
            if (offset == null) {
                throw new Stopped("job " + id + " has no spec in state partition " + shard.partition
                        + ": restore the topic");
            }
            row.specOffset = offset;
        });
    }

    /**
     * Before a person is called: a lane that slept while it read may have lost the partition, and what it misses may have
     * been compacted away for what its successor wrote. Then the log has grown, and the lane begins again.
     */
    private void doubt(Stopped what, long end) {
        if (endAgain == null) {
            endAgain = log.bound(shard.partition, Bound.STATE_END);
        } else if (endAgain.isDone()) {
            if (get(endAgain) > end) {
                throw new LogFailure("state partition " + shard.partition + " has grown while it was read back");
            }
            throw what;
        }
    }

    boolean beganBy(Instant time) {
        return !began.isAfter(time);
    }

    /** How long it has taken until now. */
    Duration took(Instant now) {
        return Duration.between(began, now);
    }

    List<Row> rows() {
        return new ArrayList<>(shard.rows.values());
    }

    private static <T> T get(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw new LogFailure("restore: " + e.getMessage(), e);
        }
    }
}
