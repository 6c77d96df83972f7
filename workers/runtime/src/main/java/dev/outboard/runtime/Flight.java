package dev.outboard.runtime;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: first waiting (for a slot, the spec, the lease), then calling the connector, then done. Whoever
 * moves it to done delivers the one outcome; all others come too late.
 */
final class Flight {
    private static final System.Logger LOG = System.getLogger(Flight.class.getName());

    private enum Stage {
        WAITING, CALLING, DONE
    }

    private final Call call;
    private final Consumer<Outcome> done;
    private final Serving serving;
    private final Conversation conversation;
    private final CallSlots slots;
    private final Redaction redaction;
    private final CallMeters meters;
    private final Consumer<Flight> landed;
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private final long begun = System.nanoTime();
    private final Thread thread;
    private volatile @Nullable Future<?> deadline;
    /** When the connector was called, by the clock of {@link #begun}; until then its own value. */
    private volatile long called = begun;
    /** Who else than the connector is being asked, for messages. */
    private volatile String asked = "";

    /**
     * @param slots bounds the calls that may be inside the connector
     * @param landed told right after the outcome was delivered
     */
    Flight(Call call, Consumer<Outcome> done, Serving serving, Conversation conversation, CallSlots slots,
            Redaction redaction, CallMeters meters, Consumer<Flight> landed) {
        this.call = call;
        this.done = done;
        this.serving = serving;
        this.conversation = conversation;
        this.slots = slots;
        this.redaction = redaction;
        this.meters = meters;
        this.landed = landed;
        this.thread = Thread.ofVirtual().name(this.toString()).unstarted(this::run);
    }

    /** To be told before {@link #start}: cancelled once the outcome is there. */
    void expireBy(Future<?> timer) {
        deadline = timer;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            slots.acquire(call);
        } catch (InterruptedException e) {
            // given up while it waited; who interrupted has delivered
            return;
        }
        try {
            var outcome = attempt();
            if (!deliver(outcome)) {
                LOG.log(DEBUG, "{0}: a late {1} is dropped", this, outcome.getClass().getSimpleName());
            }
        } finally {
            // not before the connector let go of the thread: a hung one must not gather threads without bound
            slots.release();
        }
    }

    private Outcome attempt() {
        try {
            var ask = conversation.prepare(call, store -> asked = " from " + store);
            if (!call.lease().getAsBoolean()) {
                return new Outcome.NotStarted();
            }
            called = System.nanoTime();
            if (!stage.compareAndSet(Stage.WAITING, Stage.CALLING)) {
                return new Outcome.NotStarted();
            }
            return serving.within(ask);
        } catch (Conversation.Unprepared unprepared) {
            return unprepared.outcome();
        } catch (Throwable e) {
            if (stage.get() == Stage.WAITING) {
                LOG.log(WARNING, "{0}: not started: {1}", this, Faults.stack(e, redaction));
                return new Outcome.NotStarted();
            }
            if (stage.get() == Stage.CALLING && Faults.bug(e)) {
                LOG.log(WARNING, "{0}: {1}", this, Faults.stack(e, redaction));
            }
            return Faults.outcome(call.op(), e, redaction);
        }
    }

    /** The deadline has passed: the caller gets that at once, the connector an interrupt. */
    void expire(Duration deadline) {
        var unanswered = "no answer within " + inWords(deadline) + asked;
        // a check makes no platform call, so one that hangs would hang again
        var check = new Outcome.Checked(JobError.system("ConnectorBug", "check gave " + unanswered));
        giveUp(unanswered, check, "no call of " + serving + " could begin within " + inWords(deadline)
                + ": too many are in flight");
    }

    /** The worker closes: what waits is not begun. */
    void standDown() {
        if (stage.compareAndSet(Stage.WAITING, Stage.DONE)) {
            hand(new Outcome.NotStarted());
            thread.interrupt();
        }
    }

    /** The worker has waited long enough for a call in flight. */
    void abandon() {
        giveUp("the worker closed before an answer came", new Outcome.NotStarted(), "the worker closes");
    }

    private void giveUp(String calling, Outcome check, String waiting) {
        switch (stage.getAndSet(Stage.DONE)) {
            case CALLING -> hand(call.op() == Op.CHECK ? check : unanswered(calling));
            case WAITING -> hand(neverAsked(waiting));
            case DONE -> {
                return;
            }
        }
        thread.interrupt();
    }

    private Outcome unanswered(String why) {
        return switch (call.op()) {
            case CREATE, OCCUPY, FIND -> new Outcome.Unknown(why, false);
            case POLL, DELETE -> new Outcome.Unreachable(why);
            case CHECK, SLOT, EXPIRE -> new Outcome.NotStarted();
        };
    }

    private Outcome neverAsked(String why) {
        return call.op() == Op.POLL || call.op() == Op.DELETE
                ? new Outcome.Unreachable(why)
                : new Outcome.NotStarted();
    }

    private boolean deliver(Outcome outcome) {
        if (stage.getAndSet(Stage.DONE) == Stage.DONE) {
            return false;
        }
        hand(outcome);
        return true;
    }

    private void hand(Outcome outcome) {
        long now = System.nanoTime();
        boolean made = called != begun;
        meters.waited((made ? called : now) - begun);
        meters.ended(call.op(), outcome, made ? now - called : 0);
        LOG.log(DEBUG, () -> this + " took " + (now - begun) / 1_000_000 + " ms: "
                + outcome.getClass().getSimpleName());
        var timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        try {
            done.accept(outcome);
        } catch (Throwable e) {
            LOG.log(ERROR, this + ": its outcome could not be taken", e);
        } finally {
            landed.accept(this);
        }
    }

    private static String inWords(Duration time) {
        return time.toMillis() % 1_000 == 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }

    /** The job's id and what is asked, for the log and thread dumps. */
    @Override
    public String toString() {
        return call.job().id() + " " + call.op();
    }
}
