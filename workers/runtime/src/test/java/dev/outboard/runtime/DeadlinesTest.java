package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connectors that hang, and a worker that closes. */
class DeadlinesTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    private final FakeConnector connector = new FakeConnector(SHORT);
    private final CountDownLatch release = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger interrupts = new AtomicInteger();

    @AfterEach
    void letGo() {
        release.countDown();
    }

    /** Hangs, whatever interrupts it, until the test lets go. */
    private <T> T hang(T result) {
        inside.incrementAndGet();
        while (true) {
            try {
                release.await();
                released.countDown();
                return result;
            } catch (InterruptedException e) {
                interrupts.incrementAndGet();
            }
        }
    }

    private void hangEverywhere() {
        connector.check = _ -> hang(Optional.empty());
        connector.create = _ -> hang(new CreateResult.Unknown("late"));
        connector.find = _ -> hang(Optional.empty());
        connector.poll = _ -> hang(PollResult.Running.plain());
        connector.delete = _ -> hang(new PollResult.Cancelled());
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECK", "CREATE", "OCCUPY", "FIND", "POLL", "DELETE"})
    void aConnectorThatHangsIsInterruptedAndItsLateResultDropped(Op op) throws Exception {
        hangEverywhere();
        var outcomes = new ArrayList<Outcome>();
        try (var fixture = new Fixture(connector)) {
            var first = new CompletableFuture<Outcome>();
            fixture.effects.start(Fixture.call(op), told -> {
                outcomes.add(told);
                first.complete(told);
            });
            var told = "no answer within 500 ms";
            assertEquals(switch (op) {
                case CHECK -> new Outcome.Checked(JobError.system("ConnectorBug", "check gave " + told));
                case POLL, DELETE -> new Outcome.Unreachable(told);
                default -> new Outcome.Unknown(told, false);
            }, first.get());
            await().untilAsserted(() -> assertEquals(1, interrupts.get()));
            release.countDown();
            released.await();
        }
        assertEquals(1, outcomes.size(), outcomes::toString);
    }

    @Test
    void aConnectorThatHeedsTheInterruptGivesItsSlotBack() throws Exception {
        connector.poll = _ -> {
            new Semaphore(0).acquire();
            return null;
        };
        try (var fixture = new Fixture(connector, 1, Duration.ZERO)) {
            for (int i = 0; i < 3; i++) {
                assertEquals(new Outcome.Unreachable("no answer within 500 ms"), fixture.ask(Op.POLL));
            }
        }
    }

    @Test
    void onlySoManyCallsAreInsideAConnector() throws Exception {
        hangEverywhere();
        try (var fixture = new Fixture(connector, 2, Duration.ZERO)) {
            var hung = List.of(fixture.start(Fixture.call(Op.POLL)), fixture.start(Fixture.call(Op.POLL)));
            await().untilAsserted(() -> assertEquals(2, inside.get()));
            // given up, but still holding their slots
            for (var poll : hung) {
                assertEquals(new Outcome.Unreachable("no answer within 500 ms"), poll.get());
            }
            assertEquals(new Outcome.NotStarted(), fixture.ask(Op.CREATE));
            assertEquals(new Outcome.NotStarted(), fixture.ask(Op.OCCUPY));
            assertEquals(new Outcome.NotStarted(), fixture.ask(Op.FIND));
            assertEquals(new Outcome.NotStarted(), fixture.ask(Op.CHECK));
            var crowded = assertInstanceOf(Outcome.Unreachable.class, fixture.ask(Op.DELETE));
            assertTrue(crowded.cause().contains("Fake 1.2") && crowded.cause().contains("too many"), crowded.cause());
            assertEquals(2, connector.calls.get());
            release.countDown();
            await().untilAsserted(() -> assertInstanceOf(Outcome.Cancelled.class, fixture.ask(Op.DELETE)));
        }
    }

    @Test
    void connectorsThatSpinOnEveryCarrierDoNotStopTheClock() throws Exception {
        var stop = new AtomicBoolean();
        connector.poll = _ -> {
            while (!stop.get()) {
                Thread.onSpinWait();
            }
            return PollResult.Running.plain();
        };
        try (var fixture = new Fixture(connector, 256, Duration.ZERO)) {
            var polls = new ArrayList<CompletableFuture<Outcome>>();
            for (int i = 0; i < Runtime.getRuntime().availableProcessors() + 2; i++) {
                polls.add(fixture.start(Fixture.call(Op.POLL)));
            }
            for (var poll : polls) {
                assertInstanceOf(Outcome.Unreachable.class, poll.get());
            }
        } finally {
            stop.set(true);
        }
    }

    @Test
    void aSpecThatTakesTooLongIsNotCalledAnymore() throws Exception {
        try (var fixture = new Fixture(connector)) {
            var spec = Fixture.call(Op.CREATE).spec().call();
            assertEquals(new Outcome.NotStarted(), fixture.ask(Fixture.call(Op.CREATE, () -> hang(spec), () -> true)));
            release.countDown();
            released.await();
        }
        assertEquals(0, connector.calls.get());
    }

    @Test
    void aTimelyAnswerLeavesNoTimerBehind() throws Exception {
        connector.info = new FakeConnector(Duration.ofHours(1)).info;
        try (var fixture = new Fixture(connector)) {
            fixture.ask(Op.POLL);
            assertEquals(0, fixture.effects.deadlines.getQueue().size());
        }
    }

    @Test
    void closeWaitsForWhatIsInsideAndBeginsNothingMore() throws Exception {
        var slow = new FakeConnector(Duration.ofSeconds(60));
        slow.poll = _ -> hang(new PollResult.Cancelled());
        try (var fixture = new Fixture(slow, 1, Duration.ofSeconds(30))) {
            var calling = fixture.start(Fixture.call(Op.POLL));
            await().untilAsserted(() -> assertEquals(1, inside.get()));
            var waiting = fixture.start(Fixture.call(Op.CREATE));
            var closing = Thread.ofPlatform().start(fixture.effects::close);
            assertEquals(new Outcome.NotStarted(), waiting.get());
            assertFalse(calling.isDone());
            assertEquals(new Outcome.NotStarted(), fixture.ask(Op.CREATE));
            assertTrue(closing.isAlive());
            release.countDown();
            assertEquals(new Outcome.Cancelled(), calling.get());
            closing.join();
            assertEquals(0, interrupts.get());
        }
        assertEquals(1, slow.calls.get());
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECK", "CREATE", "OCCUPY", "FIND", "POLL", "DELETE"})
    void closeInterruptsWhatOutlastsItsPatience(Op op) throws Exception {
        hangEverywhere();
        connector.info = new FakeConnector(Duration.ofSeconds(60)).info;
        var fixture = new Fixture(connector, 5, Duration.ofMillis(20));
        var call = fixture.start(Fixture.call(op));
        await().untilAsserted(() -> assertEquals(1, inside.get()));
        fixture.close();
        var told = "the worker closed before an answer came";
        assertEquals(switch (op) {
            case CHECK -> new Outcome.NotStarted();
            case POLL, DELETE -> new Outcome.Unreachable(told);
            default -> new Outcome.Unknown(told, false);
        }, call.getNow(null));
        await().untilAsserted(() -> assertEquals(1, interrupts.get()));
    }
}
