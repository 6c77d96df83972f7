package dev.outboard.bench;

import dev.outboard.processes.Child;
import java.time.Duration;
import java.util.List;

/** What an API and a worker hold of the machine's memory while they do nothing, beside the bare things. */
final class IdleMemory implements Measure {
    /** An installation of its own: what the other measures left behind is no part of it. */
    private static final String PREFIX = "idle";

    @Override
    public List<String> names() {
        return List.of("rss.api", "rss.worker");
    }

    @Override
    public Duration time(Plan plan) {
        return plan.idle().plusSeconds(8);
    }

    @Override
    public List<Result> run(Rig rig, Rounds rounds) throws Exception {
        var processes = rig.processes();
        var partitions = Integer.toString(rig.partitions());
        rounds.progress().say("idle memory: starting processes");
        try (var worker = processes.start("idle-worker", "", Rig.MAIN, "worker", "--kafka", rig.kafka(), "--prefix",
                PREFIX, "--partitions", partitions, "--data", processes.folder().resolve("idle").toString());
                var consumer = processes.start("idle-consumer", "", BareConsumer.class.getName(), rig.kafka(),
                        BareTopic.NAME, partitions)) {
            worker.said("(worker ready)");
            consumer.said("(bare consumer ready)");
            try (var api = processes.start("idle-api", "", Rig.MAIN, "api", "--kafka", rig.kafka(), "--prefix", PREFIX,
                    "--port", "0"); var server = processes.start("idle-server", "", BareServer.class.getName())) {
                api.said("(api ready)");
                server.said("(bare server ready)");
                rounds.progress().say("idle memory: waiting for " + rounds.plan().idle().toSeconds() + " s");
                Thread.sleep(rounds.plan().idle());
                return List.of(memory("rss.api", api, server), memory("rss.worker", worker, consumer));
            }
        }
    }

    private static Result memory(String name, Child ours, Child bare) throws Exception {
        return new Result(name, ours.residentMebibytes(), bare.residentMebibytes(), Result.MEBIBYTES, null);
    }
}
