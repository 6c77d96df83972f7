package dev.outboard.bench;

import dev.outboard.bench.Result.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * A create until it is acknowledged, by one caller, beside a bare produce of the same bytes and a bare HTTP call with the
 * same body. The worker is stopped before: no acknowledgement waits for it, but on a small machine it would take the
 * processor away from those who are measured.
 */
final class CreateAck implements Measure {
    private static final String HOP = "create";
    private static final byte[] BODY = Jobs.body(BenchConnector.REFUSE);
    /** So many bare produces, and one bare HTTP call, may a create take. */
    private static final int PRODUCES = 3;
    /** So many creates may lie untaken before the API refuses more, less a margin. */
    private static final int UNTAKEN = 80_000;

    @Override
    public List<String> names() {
        return List.of("create.ack.p50", "create.ack.p99", "create.keyed.ack.p50", "create.keyed.ack.p99",
                "http.hop.p50");
    }

    @Override
    public Duration time(Plan plan) {
        return plan.time(4, plan.alone()).plusSeconds(4);
    }

    @Override
    public List<Result> run(Rig rig, Rounds rounds) throws Exception {
        rig.stopWorker();
        int most = UNTAKEN / 2 / (rounds.plan().rounds() + 1);
        try (var topic = BareTopic.like(rig, BODY)) {
            canAnswer(rig);
            var sides = List.<Side>of(new ClosedLoop("bare produce", 1, most, _ -> topic::write),
                    new ClosedLoop("bare server", 1, most, _ -> hop(rig)),
                    create("outboard", rig, most, () -> Jobs.create(BODY)),
                    create("outboard with keys", rig, most, () -> Jobs.createWithKey(BODY)));
            return results(rounds.run("create, 1 caller", rounds.plan().alone(), sides)
                    .stream()
                    .map(Slice::all)
                    .toList());
        }
    }

    private static List<Result> results(List<Slice> slices) {
        var produce = slices.get(0);
        var hop = slices.get(1);
        var goal = Goal.atMost(PRODUCES + hop.millis(0.5) / produce.millis(0.5));
        var plain = slices.get(2);
        var keyed = slices.get(3);
        return List.of(
                new Result("create.ack.p50", plain.millis(0.5), produce.millis(0.5), Result.MILLIS, goal),
                new Result("create.ack.p99", plain.millis(0.99), produce.millis(0.99), Result.MILLIS, null),
                new Result("create.keyed.ack.p50", keyed.millis(0.5), produce.millis(0.5), Result.MILLIS, goal),
                new Result("create.keyed.ack.p99", keyed.millis(0.99), produce.millis(0.99), Result.MILLIS, null),
                new Result("http.hop.p50", hop.millis(0.5), produce.millis(0.5), Result.MILLIS, null));
    }

    /** The bare server answers what a create is answered. */
    private static void canAnswer(Rig rig) throws IOException {
        try (var jobs = new Jobs(rig.api())) {
            jobs.send(Jobs.create(BODY));
            jobs.can(rig.bare(), HOP);
        }
    }

    private static Caller hop(Rig rig) {
        return new Connection(rig.bare()).caller(
                Connection.request("POST", "/" + HOP, "Content-Type: application/json\r\n", BODY), Jobs.CREATED);
    }

    private static Side create(String name, Rig rig, int most, Supplier<byte[]> request) {
        return new ClosedLoop(name, 1, most, _ -> new Jobs(rig.api()).caller(request));
    }
}
