package dev.outboard.bench;

import dev.outboard.bench.Result.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** A job is asked for, over and over, beside a bare server that answers the same bytes. */
enum Polls implements Measure {
    /** Has ended. */
    TERMINAL(BenchConnector.END, "SUCCEEDED", 0.7),
    /** Runs, and is asked for with the position of an earlier answer. */
    POSITION(BenchConnector.RUN, "RUNNING", 0.7),
    /** Runs, and is asked for by somebody who has seen nothing yet: the answer waits for Kafka. */
    BARRIER(BenchConnector.RUN, "RUNNING", 0.4);

    private static final int CALLERS = 64;

    private final String statement;
    private final Pattern state;
    private final double goal;

    Polls(String statement, String state, double goal) {
        this.statement = statement;
        this.state = Pattern.compile(state);
        this.goal = goal;
    }

    private String text() {
        return "poll." + name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> names() {
        return List.of(text(), text() + ".p50");
    }

    @Override
    public Duration time(Plan plan) {
        return plan.time(2, plan.slice()).plus(plan.time(2, plan.alone())).plusSeconds(1);
    }

    @Override
    public List<Result> run(Rig rig, Rounds rounds) throws Exception {
        var paths = prepare(rig);
        var many = rounds.run(text() + ", " + CALLERS + " callers", rounds.plan().slice(), sides(rig, paths, CALLERS));
        var alone = rounds.run(text() + ", 1 caller", rounds.plan().alone(), sides(rig, paths, 1));
        return List.of(
                new Result(text(), Slice.perSecond(many.get(1)), Slice.perSecond(many.get(0)), Result.PER_SECOND,
                        Goal.atLeast(goal)),
                new Result(text() + ".p50", Slice.all(alone.get(1)).millis(0.5), Slice.all(alone.get(0)).millis(0.5),
                        Result.MILLIS, null));
    }

    /** A job for each caller, and its answer at the bare server; returns the paths to ask for them. */
    private List<String> prepare(Rig rig) throws IOException, InterruptedException {
        var paths = new ArrayList<String>();
        try (var jobs = new Jobs(rig.api())) {
            for (int i = 0; i < CALLERS; i++) {
                paths.add(jobs.create(statement));
            }
            for (int i = 0; i < CALLERS; i++) {
                jobs.await(paths.get(i), state);
                jobs.can(rig.bare(), text() + i);
                if (this == POSITION) {
                    paths.set(i, paths.get(i) + "?position=" + jobs.position());
                }
            }
        }
        return paths;
    }

    private List<Side> sides(Rig rig, List<String> paths, int callers) {
        return List.of(new ClosedLoop("bare server", callers, i -> poll(rig.bare(), "/" + text() + i)),
                new ClosedLoop("outboard", callers, i -> poll(rig.api(), paths.get(i))));
    }

    private static Caller poll(int port, String path) {
        return new Connection(port).caller(Connection.get(path), 200);
    }
}
