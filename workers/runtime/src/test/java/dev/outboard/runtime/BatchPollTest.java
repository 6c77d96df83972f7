package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Batch;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Polls of a connector that has batches, as the lane sees them. */
class BatchPollTest {
    private static final Handle HANDLE = new Handle(3, "h");
    private static final PollResult RUNNING = new PollResult.Running(false, "stage 1", null, List.of(), Map.of(), null);

    private final FakeConnector connector = FakeConnector.quick();
    private final AtomicInteger rounds = new AtomicInteger();

    BatchPollTest() {
        batching(Duration.ofSeconds(20));
        connector.poll = _ -> {
            throw new AssertionError("not singly");
        };
    }

    private void batching(Duration deadline) {
        connector.info = new ConnectorInfo("Fake", "1.2", Map.of("sql", Set.of(1)), Guarantee.TOKEN, false, 7, deadline,
                true, Double.POSITIVE_INFINITY);
    }

    private void tells(PollResult result) {
        connector.pollAll = asked -> {
            rounds.incrementAndGet();
            return new Batch(result == null ? Map.of() : Map.of(HANDLE, result), false, null);
        };
    }

    @Test
    void aPollGetsWhatTheRoundTells() throws Exception {
        tells(RUNNING);
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Running(false, "stage 1", null, List.of(), null, Duration.ofMillis(100)),
                    fixture.ask(Op.POLL));
        }
        assertEquals(0, connector.calls.get());
    }

    @Test
    void aPollThatWaitsOutlivesItsDeadlineWhileRoundsGoWell() throws Exception {
        batching(Duration.ofMillis(200));
        connector.pollAll = asked -> rounds.incrementAndGet() < 3
                ? new Batch(Map.of(), false, null)
                : new Batch(Map.of(HANDLE, new PollResult.Cancelled()), false, null);
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Cancelled(), fixture.ask(Op.POLL));
            // the round that told it has a moment of its own left
            await().until(() -> fixture.effects.deadlines.getQueue().isEmpty());
        }
    }

    @Test
    void aPollThatIsCalledBackIsAnsweredAtOnceAndAskedForNoMore() throws Exception {
        tells(null);
        try (var fixture = new Fixture(connector)) {
            var call = Fixture.call(Op.POLL);
            var waiting = fixture.start(call);
            await().until(() -> fixture.meters.get("outboard.batch.waiting").gauge().value() == 1);
            assertFalse(waiting.isDone());
            fixture.effects.recall(Fixture.call(Op.POLL));
            assertFalse(waiting.isDone(), "another call");
            fixture.effects.recall(call);
            assertEquals(new Outcome.NotStarted(), waiting.join());
            await().until(() -> fixture.meters.get("outboard.batch.waiting").gauge().value() == 0);
            fixture.effects.recall(call);
            assertTrue(rounds.get() < 3 && connector.calls.get() == 0, "and did not wait for a poll of its own");
        }
    }

    @Test
    void closingWhileARoundIsUnderWayGivesEachOneOutcome() throws Exception {
        var inside = new Semaphore(0);
        connector.pollAll = _ -> {
            inside.release();
            new Semaphore(0).acquire();
            return null;
        };
        var fixture = new Fixture(connector);
        var first = fixture.start(Fixture.call(Op.POLL));
        inside.acquire();
        var second = fixture.start(Fixture.call(Op.POLL));
        await().until(() -> fixture.meters.get("outboard.batch.waiting").gauge().value() == 2);
        fixture.close();
        assertEquals(new Outcome.NotStarted(), first.join());
        assertEquals(new Outcome.NotStarted(), second.join());
        assertEquals(new Outcome.NotStarted(), fixture.ask(Op.POLL));
    }

    @Test
    void whatNoListShowsIsAskedForSinglyAndTheAnswerIsTheRounds() throws Exception {
        connector.pollAll = _ -> rounds.incrementAndGet() < 1 ? null : new Batch(Map.of(), false, null);
        connector.poll = handle -> {
            assertEquals(HANDLE, handle);
            return new PollResult.Gone();
        };
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Gone(), fixture.ask(Op.POLL));
        }
        assertTrue(rounds.get() >= 3, "lists lag");
        assertEquals(1, connector.calls.get());
    }

    @Test
    void deletesAreCallsOfTheirOwn() throws Exception {
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Cancelled(), fixture.ask(Op.DELETE));
        }
    }

    @Test
    void aSecretInAFailedRoundStaysHere() throws Exception {
        connector.pollAll = _ -> {
            throw new IOException("token " + Fixture.SECRETS.read("token").orElseThrow());
        };
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Unreachable("IOException: token ***"), fixture.ask(Op.POLL));
        }
    }
}
