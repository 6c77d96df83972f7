package dev.outboard.bench;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Creates by many callers, with the worker that takes them at work, beside bare produces of the same bytes. */
final class CreateRate implements Measure {
    private static final int CALLERS = 64;
    private static final byte[] BODY = Jobs.body(BenchConnector.REFUSE);

    @Override
    public List<String> names() {
        return List.of("create.per-second", "create.keyed.per-second");
    }

    @Override
    public Duration time(Plan plan) {
        // after a slice the worker has about as much left to do
        return plan.time(3, plan.slice()).plus(plan.time(2, plan.slice()));
    }

    @Override
    public List<Result> run(Rig rig, Rounds rounds) throws Exception {
        try (var topic = BareTopic.like(rig, BODY)) {
            var rates = rounds.run("create, " + CALLERS + " callers", rounds.plan().slice(),
                    List.of(new ClosedLoop("bare produce", CALLERS, _ -> topic::write),
                            create("outboard", rig, () -> Jobs.create(BODY)),
                            create("outboard with keys", rig, () -> Jobs.createWithKey(BODY))))
                    .stream()
                    .map(Slice::perSecond)
                    .toList();
            return List.of(
                    new Result("create.per-second", rates.get(1), rates.get(0), Result.PER_SECOND, null),
                    new Result("create.keyed.per-second", rates.get(2), rates.get(0), Result.PER_SECOND, null));
        }
    }

    private static Side create(String name, Rig rig, Supplier<byte[]> request) {
        var jobs = IntStream.range(0, CALLERS).mapToObj(_ -> new Jobs(rig.api())).toList();
        return new ClosedLoop(name, CALLERS, i -> jobs.get(i).caller(request)) {
            /** The worker has to be done with them, or it would work on while the next side is measured. */
            @Override
            public Slice run(Duration length) throws Exception {
                var slice = super.run(length);
                for (var last : jobs) {
                    last.awaitEnd();
                }
                return slice;
            }
        };
    }
}
