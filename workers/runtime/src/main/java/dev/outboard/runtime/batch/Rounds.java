package dev.outboard.runtime.batch;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.RetryLater;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Asks for the polls that wait on one account, round after round, on one thread. Safe for many threads. */
final class Rounds {
    private static final System.Logger LOG = System.getLogger(Rounds.class.getName());
    /** Questions for everything take no more than a hundredth of the time where the platform can say what has changed. */
    private static final int RARELY = 100;
    /** What has failed so often in a row may be the question itself. */
    private static final int DOUBTS = 3;
    private static final Duration MAX_PATIENCE = Duration.ofMinutes(1);
    /** A platform that asks for patience for longer than this is told of on the jobs. */
    private static final Duration UNTOLD = Duration.ofSeconds(30);

    private final String name;
    private final String account;
    private final Polling polling;
    private final Pace pace;
    private final BatchMeters meters;
    private final ScheduledExecutorService timer;
    private final Roster roster;
    private final Turns turns;
    private final Pulse pulse = new Pulse();
    private final Thread thread;
    private int failures;
    private long good = System.nanoTime();
    private long whole = good;
    private long wholeTook;

    /**
     * @param name the connector's, for messages
     * @param timer looks after a connector that does not answer
     */
    Rounds(String name, String account, Polling polling, Pace pace, InstantSource clock, BatchMeters meters,
            ScheduledExecutorService timer) {
        this.name = name;
        this.account = account;
        this.polling = polling;
        this.pace = pace;
        this.meters = meters;
        this.timer = timer;
        roster = new Roster(clock);
        turns = new Turns(roster, pace);
        thread = Thread.ofVirtual().name(name + " batch poll").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** False if there is no round any more, or the connector does not come back from the last one. */
    boolean join(Handle handle, Waiter waiter, @Nullable Long born) {
        return !pulse.lost() && turns.join(handle, waiter, born);
    }

    /** True if it has stopped, for want of somebody to ask for or because it was closed. */
    boolean ended() {
        return turns.closed();
    }

    /** True if the connector does not come back. */
    boolean lost() {
        return pulse.lost();
    }

    void forget(Handle handle, Waiter waiter) {
        roster.forget(handle, waiter);
    }

    int waiting() {
        return roster.waiting();
    }

    /** Asks no more; who waits is the caller's to tell. */
    void close() {
        turns.close();
        thread.interrupt();
    }

    /** True if the connector has come back within so long. */
    boolean awaitEnd(Duration most) throws InterruptedException {
        return thread.join(most);
    }

    private void run() {
        try {
            for (boolean idle = true; turns.await(idle); idle = false) {
                long begun = System.nanoTime();
                turns.next(begun, round(begun));
            }
        } catch (InterruptedException e) {
            // closed
        } catch (Throwable e) {
            LOG.log(WARNING, name + ": batch polls end, its jobs are asked for singly", e);
            turns.close();
            roster.abandon(new Outcome.NotStarted(), System.nanoTime()).forEach(Delivery::hand);
        }
    }

    /** One round; how long after its beginning there may be another. */
    private Duration round(long now) throws InterruptedException {
        long rarely = Math.max(pace.whole().toNanos(), RARELY * wholeTook);
        var beginning = roster.begin(now, now - whole >= rarely || failures >= DOUBTS);
        beginning.refused().forEach(Delivery::hand);
        beginning.singles().forEach(this::singly);
        var round = beginning.round();
        if (round == null) {
            return pace.interval();
        }
        pulse.begin();
        long look = Math.max(1, pace.quiet().toNanos() / 4);
        var watch = timer.scheduleWithFixedDelay(() -> watch(round), look, look, TimeUnit.NANOSECONDS);
        try {
            ask(round);
            return pace.interval();
        } catch (RetryLater patience) {
            return patience(round, patience);
        } catch (Throwable e) {
            failed(round, e);
            long pause = pace.interval().toNanos() << Math.min(failures++, 16);
            return Duration.ofNanos(Math.min(pause, Math.max(pace.backOff().toNanos(), pace.interval().toNanos())));
        } finally {
            watch.cancel(false);
            pulse.end();
            // it was meant for the connector's call, unless there is none to come
            if (Thread.interrupted() && turns.closed()) {
                throw new InterruptedException();
            }
        }
    }

    private void ask(Round round) throws Exception {
        var batch = Objects.requireNonNull(
                polling.ask(account, round.handles(), round.since, (handle, result) -> told(round, handle, result),
                        pulse::waits),
                "the connector's pollAll returned null");
        batch.results().forEach((handle, result) -> told(round, handle, result));
        long now = System.nanoTime();
        roster.ended(round, batch.restUnchanged(), batch.asOf(), now).forEach(Delivery::hand);
        if (round.since == null) {
            whole = now;
            wholeTook = now - round.begun;
        }
        good = now;
        failures = 0;
        meters.ended(round.since == null, false, now - round.begun, round.told.size() + round.unchanged);
    }

    /** The connector tells of a job; what is none of those it was asked for is passed over. */
    private void told(Round round, Handle handle, PollResult result) {
        pulse.beat();
        @Nullable
        Outcome outcome;
        try {
            outcome = polling.outcome(Objects.requireNonNull(result, "the connector's pollAll told null"));
        } catch (Throwable e) {
            outcome = new Outcome.Unreachable(polling.cause(e));
        }
        if (outcome instanceof Outcome.Retry(var after, _)) {
            polling.pause(account, after);
        }
        var deliveries = roster.told(round, handle, outcome == null ? new Outcome.NotStarted() : outcome,
                System.nanoTime());
        if (deliveries == null) {
            LOG.log(DEBUG, "{0} tells of {1}, which it was not asked for", name, handle);
        } else if (outcome == null) {
            deliveries.forEach(each -> polling.singly(each.waiter(), each.waiter().done()));
        } else {
            deliveries.forEach(Delivery::hand);
        }
    }

    private void singly(Roster.Single single) {
        polling.singly(single.waiter(),
                outcome -> single.waiter().done().accept(roster.told(single, outcome, System.nanoTime())));
    }

    private void failed(Round round, Throwable e) {
        long now = System.nanoTime();
        meters.ended(round.since == null, true, now - round.begun, round.told.size());
        if (!turns.closed()) {
            var cause = polling.cause(e);
            LOG.log(DEBUG, "{0}: a batch poll failed: {1}", name, cause);
            roster.failed(round, new Outcome.Unreachable(cause), now).forEach(Delivery::hand);
        }
    }

    private Duration patience(Round round, RetryLater patience) {
        long now = System.nanoTime();
        var after = patience.after().compareTo(MAX_PATIENCE) > 0 ? MAX_PATIENCE : patience.after();
        polling.pause(account, after);
        meters.ended(round.since == null, true, now - round.begun, round.told.size());
        if (now - good > UNTOLD.toNanos()) {
            roster.failed(round, new Outcome.Retry(after, polling.cause(patience)), now).forEach(Delivery::hand);
        }
        roster.drop(round);
        var until = Duration.ofNanos(now - round.begun).plus(after);
        return until.compareTo(pace.interval()) > 0 ? until : pace.interval();
    }

    /** By the timer: a connector that does not answer must not keep its jobs from being seen. */
    private void watch(Round round) {
        if (pulse.lose(thread, pace.quiet())) {
            roster.drop(round);
            var outcome = new Outcome.Unreachable(
                    "no answer to a batch poll within " + pace.quiet().toMillis() + " ms");
            roster.abandon(outcome, System.nanoTime()).forEach(Delivery::hand);
        }
    }
}
