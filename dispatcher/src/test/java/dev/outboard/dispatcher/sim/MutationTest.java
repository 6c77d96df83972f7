package dev.outboard.dispatcher.sim;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A test of the checker: each promise is broken on purpose, and a seed must find it. */
class MutationTest {
    private static final int WITHIN = 3000;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aBrokenPromiseIsFound(Mutation mutation) throws InterruptedException {
        var failure = new Seeds().run(0, WITHIN, mutation);
        assertNotNull(failure, () -> mutation + " is not found by " + WITHIN + " seeds");
        System.out.printf("simulation: %s is found by seed %d: %s%n  %s%n", mutation, failure.seed(),
                failure.wrongs().get(0), Replay.of(failure, mutation));
        assertFalse(Seeds.one(failure.seed(), mutation, new States(), false).wrongs().isEmpty(), "and found again");
        assertTrue(Seeds.one(failure.seed(), Mutation.NONE, new States(), false).wrongs().isEmpty(),
                "and it is the mutation that the seed finds");
    }
}
