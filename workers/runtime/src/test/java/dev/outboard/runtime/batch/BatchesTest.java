package dev.outboard.runtime.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.RetryLater;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rounds in real time, only shorter. */
@Timeout(30)
class BatchesTest {
    private static final Handle A = new Handle(1, "a");
    private static final Handle B = new Handle(1, "b");
    private static final Instant TOLD = Instant.parse("2040-05-05T05:05:05Z");
    private static final PollResult RUNNING = new PollResult.Running(false, "stage 1", null, List.of(), Map.of(), null);
    private static final Pace QUICK = new Pace(Duration.ofMillis(2), Duration.ofMillis(1), Duration.ofMillis(8),
            Duration.ofHours(1), Duration.ofMillis(50), Duration.ofMillis(200));

    private final ScriptedPolling polling = new ScriptedPolling();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Batches batches = batches(QUICK);

    private Batches batches(Pace pace) {
        return new Batches("Fake 1", polling, pace, () -> Records.NOW, new BatchMeters("fake", meters), timer);
    }

    @AfterEach
    void close() throws InterruptedException {
        batches.close();
        polling.release.countDown();
        assertTrue(batches.awaitEnd(Duration.ofSeconds(10)));
        timer.shutdownNow();
    }

    private static ConditionFactory soon() {
        return Awaitility.with().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).await();
    }

    /** A poll that waits, and what it is told. */
    private final class Poll {
        final CompletableFuture<Outcome> told = new CompletableFuture<>();
        final AtomicInteger heard = new AtomicInteger();
        final AtomicBoolean lease = new AtomicBoolean(true);
        final Waiter waiter;
        final Batches.Place place;

        Poll(Job job, Handle handle, String account) {
            var plain = Records.call(job);
            var call = new Call(plain.op(), job, plain.installation(), plain.externalKey(), plain.spec(), lease::get,
                    _ -> heard.incrementAndGet());
            waiter = new Waiter(call, outcome -> {
                if (!told.complete(outcome)) {
                    throw new AssertionError("a second outcome: " + outcome);
                }
            });
            place = batches.join(account, handle, waiter);
        }

        Outcome await() {
            soon().until(told::isDone);
            return told.join();
        }
    }

    private Poll poll(Handle handle) {
        return new Poll(Records.running(handle), handle, "");
    }

    @Test
    void aPollWaitsThroughRoundsWithoutNewsAndEndsWithTheFirst() {
        var job = Records.folded(Records.running(A),
                new Outcome.Running(false, "stage 1", null, List.of(), null, null));
        polling.results.put(A, RUNNING);
        var poll = new Poll(job, A, "");
        soon().until(() -> poll.heard.get() > 3);
        assertFalse(poll.told.isDone());
        polling.results.put(A, new PollResult.Running(true, "stage 2", null, List.of(), Map.of(), Duration.ofHours(1)));
        var news = (Outcome.Running) poll.await();
        assertEquals("stage 2", news.message());
        assertEquals(Duration.ofMillis(100), news.pollAfter(), "a place costs nothing, whatever a single poll would");
    }

    @Test
    void whatIsSaidToBeUnchangedIsHeardWithoutAnOutcome() {
        polling.results.put(A, RUNNING);
        polling.asOf = TOLD;
        var first = poll(A);
        var job = Records.folded(first.waiter.call().job(), first.await());
        polling.results.clear();
        polling.restUnchanged = true;
        var poll = new Poll(job, A, "");
        soon().until(() -> poll.heard.get() > 3);
        assertFalse(poll.told.isDone());
        assertEquals(TOLD, polling.since);
    }

    @Test
    void thatThePlatformAnswersIsNewsToAJobThatSaysItDoesNot() {
        polling.results.put(A, RUNNING);
        polling.asOf = TOLD;
        var first = poll(A);
        var job = Records.folded(first.waiter.call().job(), first.await());
        job = Records.folded(job, new Outcome.Unreachable("away"));
        polling.results.clear();
        polling.restUnchanged = true;
        var cleared = Records.folded(job, new Poll(job, A, "").await());
        assertEquals(List.of(), cleared.conditions());
        assertEquals("stage 1", cleared.message());
    }

    @Test
    void oneRoundAtATimeAndAccountsApart() {
        polling.hold = new Semaphore(0);
        poll(A);
        soon().until(() -> polling.inside.get() == 1);
        var other = new Poll(Records.running(B), B, "other");
        soon().until(() -> polling.inside.get() == 2);
        poll(B);
        polling.results.put(B, new PollResult.Cancelled());
        polling.hold.release(1_000);
        assertEquals(new Outcome.Cancelled(), other.await());
        assertEquals(1, polling.most.get("").get());
        assertTrue(polling.asked.contains(Set.of(A)) && polling.asked.contains(Set.of(B)), polling.asked::toString);
    }

    @Test
    void manyWhoComeTogetherAreAskedForTogether() {
        var handles = IntStream.range(0, 500).mapToObj(i -> new Handle(1, "h" + i)).toList();
        handles.forEach(handle -> polling.results.put(handle, new PollResult.Cancelled()));
        var patient = batches(new Pace(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(1),
                Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(1)));
        var told = new AtomicInteger();
        handles.forEach(handle -> patient.join("", handle,
                new Waiter(Records.call(Records.running(handle)), _ -> told.incrementAndGet())));
        soon().until(() -> told.get() == 500);
        assertEquals(1, polling.asked.size());
        patient.close();
    }

    @Test
    void aFailedRoundIsToldOnceAndTheNextGoodOneToo() {
        polling.fault = new IOException("no route");
        var poll = poll(A);
        assertEquals(new Outcome.Unreachable("no route"), poll.await());
        var job = Records.folded(poll.waiter.call().job(), poll.await());
        var again = new Poll(job, A, "");
        int rounds = polling.asked.size();
        soon().until(() -> polling.asked.size() > rounds + 3);
        assertFalse(again.told.isDone(), "the job says so already");
        polling.results.put(A, new PollResult.Gone());
        polling.fault = null;
        assertEquals(new Outcome.Gone(), again.await());
    }

    @Test
    void whatWasToldBeforeTheFailureCounts() {
        polling.told = Map.of(A, new PollResult.Cancelled());
        polling.fault = new IOException("page 2");
        var a = poll(A);
        var b = poll(B);
        assertEquals(new Outcome.Cancelled(), a.await());
        assertEquals(new Outcome.Unreachable("page 2"), b.await());
    }

    @Test
    void aPlatformThatAsksForPatienceGetsItAndNoJobSaysSo() {
        polling.fault = new RetryLater(Duration.ofMillis(50), "429");
        var poll = poll(A);
        soon().until(() -> polling.paused.get() >= 2);
        assertFalse(poll.told.isDone());
        polling.results.put(A, new PollResult.Cancelled());
        polling.fault = null;
        assertEquals(new Outcome.Cancelled(), poll.await());
    }

    @Test
    void rubbishIsNoAnswer() {
        polling.nothing = true;
        var poll = poll(A);
        assertEquals("NullPointerException: the connector's pollAll returned null",
                ((Outcome.Unreachable) poll.await()).cause());
        polling.nothing = false;
        var foreign = new HashMap<Handle, PollResult>();
        foreign.put(new Handle(1, "nobody's"), new PollResult.Gone());
        foreign.put(A, null);
        polling.told = Collections.unmodifiableMap(foreign);
        assertEquals("NullPointerException: the connector's pollAll told null",
                ((Outcome.Unreachable) poll(A).await()).cause());
        polling.told = Map.of();
        polling.results.put(new Handle(1, "nobody's"), new PollResult.Gone());
        polling.results.put(B, new PollResult.Cancelled());
        assertEquals(new Outcome.Cancelled(), poll(B).await());
    }

    @Test
    void whomListsHaveLostIsAskedForSingly() {
        polling.results.put(A, RUNNING);
        var listed = poll(A);
        var job = Records.folded(listed.waiter.call().job(), listed.await());
        polling.results.clear();
        polling.single = new PollResult.Succeeded(Map.of(), Map.of());
        assertInstanceOf(Outcome.Succeeded.class, new Poll(job, A, "").await());
        assertEquals(List.of(A), polling.singles);
    }

    @Test
    void aNewbornThatListsDoNotShowYetIsGivenTime() {
        polling.single = new PollResult.Cancelled();
        poll(A).await();
        assertTrue(polling.asked.size() >= 3, () -> polling.asked.size() + " rounds");
    }

    @Test
    void onlyFewAreAskedForSinglyAtATime() {
        polling.hold = new Semaphore(0);
        var polls = IntStream.range(0, 100).mapToObj(i -> poll(new Handle(1, "h" + i))).toList();
        polling.holdSingles = true;
        polling.hold.release(200);
        soon().until(() -> polling.singles.size() == 16);
        int rounds = polling.asked.size();
        soon().until(() -> polling.asked.size() > rounds + 3);
        assertEquals(16, polling.singles.size());
        assertEquals(0, polls.stream().filter(poll -> poll.told.isDone()).count());
    }

    @Test
    void whoseJobMayBeAnothersIsNotAskedFor() {
        polling.hold = new Semaphore(0);
        poll(B);
        soon().until(() -> polling.inside.get() == 1);
        var poll = poll(A);
        poll.lease.set(false);
        polling.hold.release(1_000);
        assertEquals(new Outcome.NotStarted(), poll.await());
        assertTrue(polling.asked.stream().noneMatch(handles -> handles.contains(A)), polling.asked::toString);
    }

    @Test
    void whoLeavesIsNotAskedForAnyMore() {
        var poll = poll(A);
        soon().until(() -> !polling.asked.isEmpty());
        assertNotNull(poll.place);
        poll.place.leave();
        soon().until(() -> batches.asking() == 0);
        assertFalse(poll.told.isDone());
    }

    @Test
    void aConnectorThatHangsIsGivenUpAndItsJobsAskedForSinglyUntilItComesBack() {
        polling.hang = true;
        var poll = poll(A);
        assertEquals(new Outcome.Unreachable("no answer to a batch poll within 200 ms"), poll.await());
        assertNull(poll(B).place);
        polling.hang = false;
        polling.release.countDown();
        polling.results.put(B, new PollResult.Cancelled());
        soon().until(() -> {
            var again = poll(B);
            return again.place != null && again.await().equals(new Outcome.Cancelled());
        });
    }

    @Test
    void aWaitForTheBudgetIsNoHang() {
        polling.waits = Duration.ofMillis(600);
        polling.results.put(A, new PollResult.Cancelled());
        assertEquals(new Outcome.Cancelled(), poll(A).await());
    }

    @Test
    void whoHasNobodyToAskForStopsAndBeginsAnew() {
        polling.results.put(A, new PollResult.Cancelled());
        poll(A).await();
        soon().until(() -> batches.asking() == 0);
        poll(A).await();
    }

    @Test
    void closingWhileItAsksEndsTheRoundAndTellsNothing() throws InterruptedException {
        polling.hold = new Semaphore(0);
        polling.results.put(A, new PollResult.Cancelled());
        var poll = poll(A);
        soon().until(() -> polling.inside.get() == 1);
        batches.close();
        assertTrue(batches.awaitEnd(Duration.ofSeconds(5)));
        assertFalse(poll.told.isDone(), "who waits is the caller's to tell");
        assertNull(poll(A).place);
        assertEquals(0, polling.inside.get());
    }

    @Test
    void roundsAndTheirJobsAreCounted() {
        polling.results.put(A, new PollResult.Cancelled());
        poll(A).await();
        soon().until(() -> meters.get("outboard.batch").tags("asked", "all", "outcome", "told").timer().count() == 1);
        assertEquals(1, meters.get("outboard.batch.jobs").tag("connector", "fake").counter().count());
        assertEquals(0, meters.get("outboard.batch.waiting").gauge().value());
    }
}
