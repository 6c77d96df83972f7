package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.spi.PollResult;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls are counted once, under what came of them. */
class CallMetersTest {
    private final FakeConnector connector = new FakeConnector("Fake", Duration.ofSeconds(1), "sql");

    @Test
    void eachCallIsCountedByWhatCameOfIt() throws Exception {
        connector.poll = _ -> {
            throw new IllegalStateException("no");
        };
        try (var fixture = new Fixture(connector)) {
            fixture.ask(Op.CHECK);
            fixture.ask(Op.CREATE);
            fixture.ask(Op.CREATE);
            fixture.ask(Fixture.call(Op.CREATE, Fixture.call(Op.CREATE).spec(), () -> false));
            await().untilAsserted(() -> assertEquals(1, timer(fixture, "check", "checked").count()));
            await().untilAsserted(() -> assertEquals(2, timer(fixture, "create", "exists").count()));
            await().untilAsserted(() -> assertEquals(1, timer(fixture, "create", "not_started").count()));
            assertEquals(0, timer(fixture, "create", "not_started").totalTime(TimeUnit.NANOSECONDS), "never made");
            assertEquals(4, fixture.meters.get("outboard.call.wait").timer().count());
        }
    }

    @Test
    void theTimeInsideTheConnectorCountsAndTheWaitApart() throws Exception {
        var release = new CountDownLatch(1);
        connector.poll = _ -> {
            release.await();
            // the platform takes its time
            Thread.sleep(100);
            return PollResult.Running.plain();
        };
        connector.delete = _ -> new PollResult.Cancelled();
        try (var fixture = new Fixture(connector, 1, Duration.ZERO)) {
            var poll = fixture.start(Fixture.call(Op.POLL));
            await().untilAsserted(
                    () -> assertEquals(1, fixture.meters.get("outboard.calls.under.way").gauge().value()));
            var delete = fixture.start(Fixture.call(Op.DELETE));
            release.countDown();
            poll.get();
            delete.get();
            var inside = timer(fixture, "poll", "running").totalTime(TimeUnit.MILLISECONDS);
            assertTrue(inside >= 100, "inside for " + inside);
            var waited = fixture.meters.get("outboard.call.wait").timer().totalTime(TimeUnit.MILLISECONDS);
            assertTrue(waited >= 90, "waited " + waited);
            await().untilAsserted(
                    () -> assertEquals(0, fixture.meters.get("outboard.calls.under.way").gauge().value()));
        }
    }

    @Test
    void aCallThatIsGivenUpIsCountedOnceWithItsDeadline() throws Exception {
        connector.poll = _ -> {
            new CountDownLatch(1).await();
            return PollResult.Running.plain();
        };
        try (var fixture = new Fixture(connector)) {
            fixture.ask(Op.POLL);
            var timer = timer(fixture, "poll", "unreachable");
            assertEquals(1, timer.count());
            var took = timer.totalTime(TimeUnit.MILLISECONDS);
            assertTrue(took > 500, "took " + took);
        }
    }

    private static Timer timer(Fixture fixture, String method, String outcome) {
        return fixture.meters.get("outboard.call")
                .tags("connector", "fake", "task_type", "sql", "method", method, "outcome", outcome)
                .timer();
    }
}
