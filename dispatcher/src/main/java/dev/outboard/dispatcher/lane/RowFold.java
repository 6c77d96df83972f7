package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Demands;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Mailbox.Mail;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/** Folds what happens to one row, and finds what the row wants then. The lane's thread alone. */
final class RowFold {
    private static final System.Logger LOG = System.getLogger(RowFold.class.getName());

    private final Lifecycle lifecycle;
    private final Demands demands;
    private final Caller caller;
    private final Slots slots;
    private final Load load;
    private final RandomGenerator random;
    private final LaneMeters meters;

    RowFold(Lifecycle lifecycle, Demands demands, Caller caller, Slots slots, Load load, RandomGenerator random,
            LaneMeters meters) {
        this.lifecycle = lifecycle;
        this.demands = demands;
        this.caller = caller;
        this.slots = slots;
        this.load = load;
        this.random = random;
        this.meters = meters;
    }

    /** It was read back with its partition. */
    void restored(Turn turn, Row row, Instant now) {
        slots.count(false, row.job.state().mayExist());
        load.add(row.job);
        var was = row.job;
        row.job = lifecycle.fold(was, new Input.Restored(), now);
        if (row.job != was) {
            turn.write(row.shard, row.job);
        }
        turn.settle(row, takenOver(was, row.job, now));
    }

    /** A command was folded into it, or began it. */
    void commanded(Turn turn, CommandFold.Folded folded, Instant now) {
        if (folded.cause() instanceof Input.Create) {
            load.add(folded.row().job);
        }
        slots.count(folded.was().state().mayExist(), folded.row().job.state().mayExist());
        wants(turn, folded.row(), folded.was(), folded.cause(), now);
    }

    /** Everything is wanted again; polls alone are spread over a second, so that a takeover does not flood a platform. */
    private Demand takenOver(Job was, Job job, Instant now) {
        var demand = demands.after(was, job, new Input.Restored(), now);
        return demand.op() == Demand.Op.POLL ? new Demand(demand.op(), now.plusMillis(random.nextInt(1000))) : demand;
    }

    /** An outcome has come; of a row that has left with its partition it is dropped. */
    void answered(Turn turn, Mail mail, Instant now) {
        var row = mail.row();
        if (!row.shard.live()) {
            return;
        }
        row.busy = false;
        row.call = null;
        if (row.current()) {
            var was = row.job;
            fold(turn, row, mail.result(), now);
            measure(row, was, mail.result(), now);
        }
    }

    /** How old the platform's last word was when another was found bounds how long its change went unseen. */
    private void measure(Row row, Job was, Input.Result result, Instant now) {
        boolean changed = was.state() != row.job.state() || was.attempt().queued() != row.job.attempt().queued();
        var known = row.knownAt;
        if (result.op() == Demand.Op.POLL && changed && known != null) {
            meters.pollAge(Duration.between(known, now));
        }
        var called = row.calledAt;
        if (called != null
                && (result.outcome() instanceof Outcome.Running || result.outcome() instanceof Outcome.Exists)
                && (known == null || known.isBefore(called))) {
            row.knownAt = called;
        }
    }

    /** Folds an input into a row; what it then wants is done after the commit. */
    private void fold(Turn turn, Row row, Input input, Instant now) {
        var was = row.job;
        row.job = lifecycle.fold(was, input, now);
        if (row.job != was) {
            note(was, row.job);
            turn.write(row.shard, row.job);
            slots.count(was.state().mayExist(), row.job.state().mayExist());
        }
        wants(turn, row, was, input, now);
    }

    private static void note(Job was, Job is) {
        if (was.state() != is.state()) {
            LOG.log(is.state().terminal() ? System.Logger.Level.INFO : System.Logger.Level.DEBUG,
                    "job {0}: {1} (attempt {2}){3}", is.id(), is.state(), is.attempt().number(),
                    is.error() == null ? "" : " " + is.error().code());
        }
    }

    /** What the row wants after a fold; it gets it after the commit, but for a slot, which is given in this very turn. */
    private void wants(Turn turn, Row row, Job was, Input cause, Instant now) {
        var expires = row.job.times().expiresAt();
        if (expires != null) {
            caller.recall(row);
            row.shard.rows.remove(row.job.id());
            load.remove(row.job);
            row.shard.finished.put(row.job, expires);
            return;
        }
        var demand = demands.after(was, row.job, cause, now);
        if (demand.op() == Demand.Op.CHECK && !row.busy && !demand.due().isAfter(now)) {
            // it reaches nothing outside, so it need not wait for the commit
            row.demand = demand;
            caller.start(row);
            turn.checking();
        } else if (demand.op() != Demand.Op.SLOT || demand.due().isAfter(now)) {
            turn.settle(row, demand);
        } else if (!row.busy && !(cause instanceof Input.HoldBack)) {
            // what was to be asked at some time was about an attempt that is over
            row.timer = null;
            slots.offer(row);
        }
    }

    /** Its timer has run down. */
    void tick(Turn turn, Row row, Instant now) {
        var was = row.job;
        var next = lifecycle.fold(was, new Input.Tick(), now);
        if (next != was) {
            fold(turn, row, new Input.Tick(), now);
        }
    }

    /** Gives free slots to those that wait for one, and tells the others that they wait. */
    void admit(Turn turn, Instant now) {
        for (var row = slots.admit(); row != null; row = slots.admit()) {
            fold(turn, row, new Input.Admit(), now);
        }
        for (var row : slots.heldBack()) {
            row.spec = null;
            fold(turn, row, new Input.HoldBack(slots.busy()), now);
        }
    }
}
