package dev.outboard.dispatcher.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Many seeds, none of which may break a promise: {@code -Dsim.seeds=1000000} for more of them, {@code -Dsim.from=N} to
 * begin elsewhere, {@code -Dsim.seed=N} to replay one and see its steps, with {@code -Dsim.mutation=NAME} if it broke
 * something on purpose.
 */
class SimulationTest {
    private static final long SEEDS = Long.getLong("sim.seeds", 10_000);

    /** So many distinct states a seed of the first 10,000 adds at least; it was 150 when this was written. */
    private static final long STATES_A_SEED = 120;

    @Test
    void noSeedBreaksAPromise() throws InterruptedException {
        var replay = Long.getLong("sim.seed");
        if (replay != null) {
            var result = Seeds.one(replay, Mutation.valueOf(System.getProperty("sim.mutation", "NONE")), new States(),
                    true);
            assertTrue(result.wrongs().isEmpty(), result.wrongs().toString());
            return;
        }
        var seeds = new Seeds();
        long began = System.nanoTime();
        var failure = seeds.run(Long.getLong("sim.from", 0), SEEDS, Mutation.NONE);
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf("simulation: %d seeds in %.1f s (%.0f a second), %d events, %d distinct states%n",
                seeds.done.get(), seconds, seeds.done.get() / seconds, seeds.events.get(), seeds.states.count());
        assertNull(failure, () -> "seed " + failure.seed() + ": " + failure.wrongs() + "\nreplay: " + Replay.of(failure,
                Mutation.NONE));
        long floor = Math.min(SEEDS, 10_000) * STATES_A_SEED;
        assertTrue(seeds.states.count() > floor, "a lazy scheduler: " + seeds.states.count()
                + " distinct states, at least " + floor);
    }

    @Test
    void aSeedIsReplayedExactly() {
        for (long seed = 0; seed < 50; seed++) {
            assertEquals(Seeds.one(seed, Mutation.NONE, new States(), false),
                    Seeds.one(seed, Mutation.NONE, new States(), false));
        }
    }
}
