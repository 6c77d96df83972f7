package dev.outboard.runtime;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.runtime.batch.Batches.Place;
import dev.outboard.runtime.batch.Waiter;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One call on its way: first waiting (for a slot, the spec, the account's budget, the lease), then calling the connector,
 * then done; a poll may also wait for a batch poll's news until it is done. Whoever moves it to done delivers the one
 * outcome; all others come too late.
 */
final class Flight {
    private static final System.Logger LOG = System.getLogger(Flight.class.getName());

    private enum Stage {
        WAITING, CALLING, DONE
    }

    private final Call call;
    private final Consumer<Outcome> done;
    private final Way way;
    private final Admission admission;
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
    /** The account whose budget it waits for. */
    private volatile @Nullable String held;
    /** Where it waits for a batch poll's news, which is no call of its own. */
    private volatile @Nullable Place place;

    /** @param landed told right after the outcome was delivered */
    Flight(Call call, Consumer<Outcome> done, Way way, Redaction redaction, CallMeters meters,
            Consumer<Flight> landed) {
        this.call = call;
        this.done = done;
        this.way = way;
        this.admission = new Admission(call, way.serving().slug(), way.budget());
        this.redaction = redaction;
        this.meters = meters;
        this.landed = landed;
        this.thread = Thread.ofVirtual().name(this.toString()).unstarted(this::run);
    }

    Call call() {
        return call;
    }

    /** Whether it goes, or went, to this connector. */
    boolean to(Serving other) {
        return way.serving() == other;
    }

    /** @param timer tells it when its deadline has passed */
    void start(ScheduledExecutorService timer) {
        var limit = way.serving().info().callDeadline();
        deadline = timer.schedule(() -> expire(limit), limit.toNanos(), TimeUnit.NANOSECONDS);
        thread.start();
    }

    private void run() {
        if (joined()) {
            return;
        }
        try {
            way.slots().acquire(call);
            // neither a slot nor the spec's body is kept while it waits for its budget
            if (!ended(false) && admitted()) {
                way.slots().acquire(call);
                ended(true);
            }
        } catch (InterruptedException e) {
            // given up while it waited; who interrupted has delivered
        }
    }

    /** True if it waits for a batch poll's news from now on: without a thread, and for as long as there are none. */
    private boolean joined() {
        var found = call.op() == Op.POLL ? way.join(new Waiter(call, this::deliver)) : null;
        if (found == null) {
            return false;
        }
        place = found;
        stopClock();
        if (stage.get() == Stage.DONE) {
            found.leave(); // called back meanwhile
        }
        return true;
    }

    /** Has a slot and gives it back; false if there is no outcome, because the budget has to be waited for. */
    private boolean ended(boolean paid) {
        try {
            var outcome = attempt(paid);
            if (outcome != null && !deliver(outcome)) {
                LOG.log(DEBUG, "{0}: a late {1} is dropped", this, outcome.getClass().getSimpleName());
            }
            return outcome != null;
        } finally {
            // not before the connector let go of the thread: a hung one must not gather threads without bound
            way.slots().release();
        }
    }

    /** Waits for a request of the account's; false if it has waited for long enough to say so on the job. */
    private boolean admitted() throws InterruptedException {
        var account = held;
        if (account != null && !admission.take(account)) {
            deliver(admission.heldBack(account));
            return false;
        }
        held = null;
        return true;
    }

    /** Null if the call has to wait for its account's budget. */
    private @Nullable Outcome attempt(boolean paid) {
        try {
            var prepared = way.conversation().prepare(call, store -> asked = " from " + store);
            var account = prepared.account();
            if (!call.lease().getAsBoolean()) {
                return new Outcome.NotStarted();
            }
            if (!paid && account != null && !admission.tryTake(account)) {
                held = account;
                return null;
            }
            called = System.nanoTime();
            if (!stage.compareAndSet(Stage.WAITING, Stage.CALLING)) {
                return new Outcome.NotStarted();
            }
            var outcome = way.serving()
                    .within(account == null ? prepared.ask() : () -> admission.ask(account, prepared.ask()));
            way.created(call, outcome, begun);
            return outcome;
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
    private void expire(Duration limit) {
        var unanswered = "no answer within " + Faults.inWords(limit) + asked;
        // a check makes no platform call, so one that hangs would hang again
        var check = new Outcome.Checked(JobError.system("ConnectorBug", "check gave " + unanswered));
        giveUp(unanswered, check, "no call of " + way.serving() + " could begin within " + Faults.inWords(limit)
                + ": too many are in flight");
    }

    /** The worker closes, or the job wants something else: what waits is not begun. */
    void standDown() {
        if (stage.compareAndSet(Stage.WAITING, Stage.DONE)) {
            hand(new Outcome.NotStarted());
            thread.interrupt();
            var waited = place;
            if (waited != null) {
                waited.leave();
            }
        }
    }

    /** The worker has waited long enough for a call in flight. */
    void abandon() {
        giveUp("the worker closed before an answer came", new Outcome.NotStarted(), "the worker closes");
    }

    private void giveUp(String calling, Outcome check, String waiting) {
        switch (stage.getAndSet(Stage.DONE)) {
            case CALLING -> hand(call.op() == Op.CHECK ? check : Faults.unanswered(call.op(), calling));
            case WAITING -> {
                var account = held;
                hand(account == null ? Faults.neverAsked(call.op(), waiting) : admission.heldBack(account));
            }
            case DONE -> {
                return;
            }
        }
        thread.interrupt();
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
        if (place == null) {
            meters.waited((made ? called : now) - begun);
            meters.ended(call.op(), outcome, made ? now - called : 0);
        }
        LOG.log(DEBUG, () -> this + " took " + (now - begun) / 1_000_000 + " ms: "
                + outcome.getClass().getSimpleName());
        stopClock();
        try {
            done.accept(outcome);
        } catch (Throwable e) {
            LOG.log(ERROR, this + ": its outcome could not be taken", e);
        } finally {
            landed.accept(this);
        }
    }

    private void stopClock() {
        var timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
    }

    /** The job's id and what is asked, for the log and thread dumps. */
    @Override
    public String toString() {
        return call.job().id() + " " + call.op();
    }
}
