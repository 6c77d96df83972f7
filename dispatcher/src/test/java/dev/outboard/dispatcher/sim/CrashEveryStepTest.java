package dev.outboard.dispatcher.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.State;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three named runs, in each of which every worker dies at every one of its steps, one death a run. */
class CrashEveryStepTest {
    private static final int WORKERS = 2;
    private static final int SEEDS = 3;

    static Stream<Arguments> scenarios() {
        return Stream.of(Guarantee.ADOPT, Guarantee.SEARCH)
                .flatMap(guarantee -> Stream.of(
                        Arguments.of("a simple run", Faults.none(guarantee, WORKERS), Scripts.simple(),
                                State.SUCCEEDED),
                        Arguments.of("a cancel during SUBMITTING", Faults.slowRequests(guarantee, WORKERS),
                                Scripts.cancelWhileSubmitting(), State.CANCELLING),
                        Arguments.of("a takeover with results in flight", Faults.none(guarantee, WORKERS),
                                Scripts.takeover(), State.RUNNING)));
    }

    /** @param through a state that the run without a crash must come through, or it is not what its name says */
    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("scenarios")
    void everyStepMayBeTheLast(String name, Faults faults, Consumer<Client> script, State through) {
        var states = new States();
        long steps = 0;
        boolean came = false;
        for (long seed = 1; seed <= SEEDS; seed++) {
            var whole = new Simulation(seed, faults, Mutation.NONE, 0, states, false);
            long last = run(whole, script).workerSteps();
            assertEquals(List.of(), whole.world.wrongs);
            came |= whole.cameThrough(State.SUBMITTING, through);
            steps += last;
            for (long step = 1; step <= last; step++) {
                var result = run(new Simulation(seed, faults, Mutation.NONE, step, states, false), script);
                long crashed = step;
                long of = seed;
                assertTrue(result.wrongs().isEmpty(),
                        () -> name + ", seed " + of + ", crash at step " + crashed + ": " + result.wrongs());
            }
        }
        System.out.printf("simulation: %s, %s: a crash at each of %d steps, %d distinct states%n", name,
                faults.guarantee(), steps, states.count());
        assertTrue(came, "no run came from SUBMITTING to " + through);
        assertTrue(steps > 100 * SEEDS, "too few steps to be the whole of it: " + steps);
    }

    private static Simulation.Result run(Simulation simulation, Consumer<Client> script) {
        simulation.client(script);
        return simulation.run();
    }
}
