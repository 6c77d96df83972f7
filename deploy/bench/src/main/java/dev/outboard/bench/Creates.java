package dev.outboard.bench;

import dev.outboard.bench.Result.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** A create until it is acknowledged, beside a bare produce of the same bytes and a bare HTTP call with the same body. */
final class Creates implements Measure {
    private static final int CALLERS = 64;
    private static final String HOP = "create";
    private static final byte[] BODY = Jobs.body(BenchConnector.REFUSE);
    /** So many bare produces, and one bare HTTP call, may a create take. */
    private static final int PRODUCES = 3;

    @Override
    public List<String> names() {
        return List.of("create.per-second", "create.keyed.per-second", "create.ack.p50", "create.ack.p99",
                "create.keyed.ack.p50", "create.keyed.ack.p99", "http.hop.p50");
    }

    @Override
    public Duration time(Plan plan) {
        // after a slice of many callers the worker has about as much left to do
        return plan.time(3, plan.slice()).plus(plan.time(2, plan.slice())).plus(plan.time(4, plan.alone()));
    }

    @Override
    public List<Result> run(Rig rig, Rounds rounds) throws Exception {
        try (var topic = topic(rig)) {
            var many = rounds.run("create, " + CALLERS + " callers", rounds.plan().slice(), List.of(
                    produce(topic, CALLERS), create("outboard", rig, CALLERS, () -> Jobs.create(BODY)),
                    create("outboard with keys", rig, CALLERS, () -> Jobs.createWithKey(BODY))));
            var alone = rounds.run("create, 1 caller", rounds.plan().alone(), List.of(produce(topic, 1), hop(rig),
                    create("outboard", rig, 1, () -> Jobs.create(BODY)),
                    create("outboard with keys", rig, 1, () -> Jobs.createWithKey(BODY))));
            return results(many, alone.stream().map(Slice::all).toList());
        }
    }

    private static List<Result> results(List<List<Slice>> many, List<Slice> alone) {
        var produce = alone.get(0);
        var hop = alone.get(1);
        var goal = Goal.atMost(PRODUCES + hop.millis(0.5) / produce.millis(0.5));
        var results = new ArrayList<Result>();
        results.add(new Result("create.per-second", Slice.perSecond(many.get(1)), Slice.perSecond(many.get(0)),
                Result.PER_SECOND, null));
        results.add(new Result("create.keyed.per-second", Slice.perSecond(many.get(2)), Slice.perSecond(many.get(0)),
                Result.PER_SECOND, null));
        results.add(new Result("create.ack.p50", alone.get(2).millis(0.5), produce.millis(0.5), Result.MILLIS, goal));
        results.add(new Result("create.ack.p99", alone.get(2).millis(0.99), produce.millis(0.99), Result.MILLIS, null));
        results.add(
                new Result("create.keyed.ack.p50", alone.get(3).millis(0.5), produce.millis(0.5), Result.MILLIS, goal));
        results.add(new Result("create.keyed.ack.p99", alone.get(3).millis(0.99), produce.millis(0.99), Result.MILLIS,
                null));
        results.add(new Result("http.hop.p50", hop.millis(0.5), produce.millis(0.5), Result.MILLIS, null));
        return results;
    }

    /** Also leaves the answer to a create at the bare server. */
    private static BareTopic topic(Rig rig) throws IOException {
        try (var jobs = new Jobs(rig.api())) {
            jobs.create(BenchConnector.REFUSE);
            jobs.can(rig.bare(), HOP);
            return BareTopic.like(rig.kafka(), jobs.position());
        }
    }

    private static Side produce(BareTopic topic, int callers) {
        return new ClosedLoop("bare produce", callers, _ -> topic::write);
    }

    private static Side hop(Rig rig) {
        var request = Connection.request("POST", "/" + HOP, "Content-Type: application/json\r\n", BODY);
        return new ClosedLoop("bare server", 1, _ -> {
            var connection = new Connection(rig.bare());
            return new Caller() {
                @Override
                public void call() throws IOException {
                    connection.send(request, Jobs.CREATED);
                }

                @Override
                public void close() {
                    connection.close();
                }
            };
        });
    }

    private static Side create(String name, Rig rig, int callers, Supplier<byte[]> request) {
        var jobs = IntStream.range(0, callers).mapToObj(_ -> new Jobs(rig.api())).toList();
        return new ClosedLoop(name, callers, i -> new Caller() {
            @Override
            public void call() throws IOException {
                jobs.get(i).send(request.get());
            }

            @Override
            public void close() {
                jobs.get(i).close();
            }
        }) {
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
