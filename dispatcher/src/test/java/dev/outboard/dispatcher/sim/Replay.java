package dev.outboard.dispatcher.sim;

/** The command that shows a seed again, step by step. */
final class Replay {
    private Replay() {}

    static String of(Seeds.Failure failure, Mutation mutation) {
        return "mvn -pl dispatcher -am test -Dtest=SimulationTest#noSeedBreaksAPromise "
                + "-Dsurefire.failIfNoSpecifiedTests=false -Dsim.seed=" + failure.seed()
                + (mutation == Mutation.NONE ? "" : " -Dsim.mutation=" + mutation);
    }
}
