package dev.outboard.dispatcher.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Three named runs, in each of which every worker dies at every one of its steps, one death a run. */
class CrashEveryStepTest {
    private static final int WORKERS = 2;

    static Stream<Arguments> scenarios() {
        return Stream.of(Guarantee.ADOPT, Guarantee.SEARCH)
                .flatMap(guarantee -> Stream.of(
                        Arguments.of("a simple run", guarantee, Scripts.simple()),
                        Arguments.of("a cancel during SUBMITTING", guarantee, Scripts.cancelWhileSubmitting()),
                        Arguments.of("a takeover with results in flight", guarantee, Scripts.takeover())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("scenarios")
    void everyStepMayBeTheLast(String name, Guarantee guarantee, Consumer<Client> script) {
        var states = new States();
        var whole = run(guarantee, script, 0, states);
        assertEquals(List.of(), whole.wrongs());
        for (long step = 1; step <= whole.workerSteps(); step++) {
            var result = run(guarantee, script, step, states);
            assertTrue(result.wrongs().isEmpty(), name + ", crash at step " + step + ": " + result.wrongs());
        }
        System.out.printf("simulation: %s, %s: a crash at each of %d steps, %d distinct states%n", name, guarantee,
                whole.workerSteps(), states.count());
        assertTrue(whole.workerSteps() > 40, "too few steps to be the whole of it: " + whole.workerSteps());
    }

    private static Simulation.Result run(Guarantee guarantee, Consumer<Client> script, long crashAt, States states) {
        var simulation = new Simulation(1, Faults.none(guarantee, WORKERS), Mutation.NONE, crashAt, states, false);
        simulation.client(script);
        return simulation.run();
    }
}
