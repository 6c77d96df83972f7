package dev.outboard.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PollResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers, deadlines, lost leases and a close, all at about the same time. */
class RacesTest {
    private static final Op[] OPS = {Op.CHECK, Op.CREATE, Op.FIND, Op.OCCUPY, Op.POLL, Op.DELETE};
    private static final Duration DEADLINE = Duration.ofMillis(3);
    private static final int CALLS = 400;
    private static final int SLOTS = 4;

    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13, 14, 15, 16, 17, 18})
    void everyCallHasExactlyOneOutcome(long seed) {
        var random = new Random(seed);
        var connector = new FakeConnector(DEADLINE);
        // guarded by its monitor: calls draw from it on their own threads
        FakeConnector.Does<Object, Void> work = _ -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            try {
                dawdle(draw(random, 8), draw(random, 2 * (int) DEADLINE.toNanos()));
                return null;
            } finally {
                inside.decrementAndGet();
            }
        };
        connector.create = request -> {
            work.with(request);
            return new CreateResult.Unknown("");
        };
        connector.poll = handle -> {
            work.with(handle);
            return PollResult.Running.plain();
        };
        connector.delete = handle -> connector.poll.with(handle);
        connector.find = request -> {
            work.with(request);
            return Optional.empty();
        };
        var counts = new ArrayList<AtomicInteger>();
        var fixture = new Fixture(connector, SLOTS, Duration.ofMillis(draw(random, 5)));
        int closeAt = CALLS / 2 + draw(random, CALLS / 2);
        Thread closing = null;
        for (int i = 0; i < CALLS; i++) {
            var count = new AtomicInteger();
            counts.add(count);
            boolean lease = draw(random, 10) > 0;
            boolean rude = draw(random, 20) == 0;
            var call = Fixture.call(OPS[draw(random, OPS.length)]);
            fixture.effects.start(Fixture.call(call.op(), call.spec(), () -> lease), _ -> {
                count.incrementAndGet();
                if (rude) {
                    throw new IllegalStateException("the taker is rude");
                }
            });
            if (draw(random, 4) == 0) {
                LockSupport.parkNanos(draw(random, 500_000));
            }
            if (i == closeAt) {
                closing = Thread.ofPlatform().start(fixture::close);
            }
        }
        var closer = closing;
        await().untilAsserted(() -> {
            assertFalse(closer.isAlive());
            assertEquals(0, inside.get());
            assertTrue(counts.stream().allMatch(count -> count.get() >= 1));
        });
        assertTrue(counts.stream().allMatch(count -> count.get() == 1), "seed " + seed + ": " + counts);
        assertTrue(most.get() <= SLOTS, "so many were inside: " + most);
    }

    private static void dawdle(int kind, int nanos) throws Exception {
        long end = System.nanoTime() + nanos;
        switch (kind) {
            case 0 -> throw new IOException("trouble");
            case 1 -> throw new NoClassDefFoundError("x");
            case 2, 3 -> {
                // ignores interrupts
                while (System.nanoTime() < end) {
                    Thread.onSpinWait();
                }
            }
            case 4, 5, 6 -> {
                while (System.nanoTime() < end) {
                    LockSupport.parkNanos(nanos / 4 + 1);
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                }
            }
            default -> {
                // answers at once
            }
        }
    }

    private static int draw(Random random, int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }
}
