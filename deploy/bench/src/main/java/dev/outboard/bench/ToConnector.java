package dev.outboard.bench;

import dev.outboard.bench.Result.Goal;
import java.time.Duration;
import java.util.List;

/** From the sending of a create until its connector is called, beside a bare produce until it is consumed. */
final class ToConnector implements Measure {
    private static final double GOAL = 5;

    @Override
    public List<String> names() {
        return List.of("create.to-connector.p50", "create.to-connector.p99");
    }

    @Override
    public Duration time(Plan plan) {
        return plan.time(2, plan.paced()).plusSeconds(1);
    }

    @Override
    public List<Result> run(Rig rig, Rounds rounds) throws Exception {
        try (var topic = BareTopic.like(rig, Jobs.body(BenchConnector.END))) {
            var taken = rounds
                    .run("create to connector", rounds.plan().paced(),
                            List.of(new PacedProduce(rig, topic), new PacedCreate(rig)))
                    .stream()
                    .map(Slice::all)
                    .toList();
            return List.of(
                    new Result("create.to-connector.p50", taken.get(1).millis(0.5), taken.get(0).millis(0.5),
                            Result.MILLIS, Goal.atMost(GOAL)),
                    new Result("create.to-connector.p99", taken.get(1).millis(0.99), taken.get(0).millis(0.99),
                            Result.MILLIS, null));
        }
    }
}
