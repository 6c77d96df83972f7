package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.lane.Mailbox.Mail;
import dev.outboard.dispatcher.log.LogPort;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Sees to it that rows get what they want: a call now, a slot, or a timer. The lane's thread alone. */
final class Caller {
    /** No call is started when the last turn is older than this: the partition may be another's by now (R7). */
    private static final Duration LEASE = LogPort.SESSION.dividedBy(2);

    private final String installation;
    private final LogPort log;
    private final Effects effects;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Slots slots;
    private final Timers timers;
    private final Mailbox mailbox;
    private final LaneMeters meters;
    private volatile Instant lastTurn = Instant.EPOCH;

    Caller(String installation, LogPort log, Effects effects, InstantSource clock, RandomGenerator random, Slots slots,
            Timers timers, Mailbox mailbox, LaneMeters meters) {
        this.installation = installation;
        this.log = log;
        this.effects = effects;
        this.clock = clock;
        this.random = random;
        this.slots = slots;
        this.timers = timers;
        this.mailbox = mailbox;
        this.meters = meters;
    }

    /** True if no turn was made for so long that what this lane owns may be another's by now. */
    boolean slept(Instant now) {
        return !lastTurn.equals(Instant.EPOCH) && now.isAfter(lastTurn.plus(LEASE));
    }

    /** Until another half session has passed, what this lane owns is its own. */
    void turned(Instant now) {
        lastTurn = now;
    }

    /**
     * Arms what the row wants next, or starts it. While a call is under way, its result will say what is next.
     *
     * @param demand null for the one that it was armed for, whose time has come
     */
    void settle(Row row, @Nullable Demand demand, Instant now) {
        if (demand == null) {
            start(row);
            return;
        }
        if (row.busy && demand.op() != Demand.Op.POLL) {
            recall(row);
        }
        if (row.busy || !row.current()) {
            return;
        }
        row.demand = demand;
        var due = spread(demand.due(), now);
        var deadline = Lifecycle.deadline(row.job);
        if (!due.isAfter(now)) {
            start(row);
        } else {
            timers.arm(row, deadline != null && deadline.isBefore(due) ? deadline : due);
        }
    }

    /** Nobody waits for the answer to the row's poll any more: a cancel must not wait for it, nor a poll for ever. */
    void recall(Row row) {
        var call = row.call;
        if (row.busy && call != null && call.op() == Demand.Op.POLL) {
            effects.recall(call);
        }
    }

    /** Delays grow by up to a tenth, so that jobs that began together do not stay together; none is made shorter. */
    private Instant spread(Instant due, Instant now) {
        long nanos = Duration.between(now, due).toNanos();
        return nanos <= 0 ? now : due.plusNanos((long) (nanos * 0.1 * random.nextDouble()));
    }

    /** Starts what the row wants: its time has come, and its record is committed or the call reaches nothing outside. */
    void start(Row row) {
        var demand = row.demand;
        if (demand == null || row.busy || !row.current()) {
            return;
        }
        if (demand.op() == Demand.Op.SLOT) {
            slots.offer(row);
            return;
        }
        var job = row.job;
        row.busy = true;
        row.calledAt = lastTurn;
        row.timer = null;
        var key = Identity.externalKey(installation, job.id(), job.incarnation(), job.attempt().number());
        var spec = row.spec;
        if (demand.op() != Demand.Op.CHECK) {
            row.spec = null;
        }
        if (demand.op() == Demand.Op.CREATE && !row.submitted) {
            row.submitted = true;
            meters.submitted(Duration.between(job.accepted().at(), lastTurn));
        }
        var call = new Call(demand.op(), job, installation, key, () -> spec == null ? readSpec(row) : spec,
                () -> row.shard.live() && !clock.instant().isAfter(lastTurn.plus(LEASE)),
                ago -> row.knownAt = clock.instant().minus(ago));
        row.call = call;
        // a poll may wait for long, and the attempt's time runs meanwhile
        var deadline = Lifecycle.deadline(job);
        if (deadline != null && demand.op() == Demand.Op.POLL) {
            timers.arm(row, deadline);
        }
        effects.start(call, outcome -> {
            mailbox.put(new Mail(row,
                    new Input.Result(job.incarnation(), job.attempt().number(), demand.op(), outcome)));
            log.wake();
        });
    }

    private Bytes readSpec(Row row) {
        return log.spec(row.shard.partition, row.specOffset, row.job.id(), row.job.incarnation());
    }
}
