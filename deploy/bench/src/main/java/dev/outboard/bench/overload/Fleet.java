package dev.outboard.bench.overload;

import dev.outboard.bench.BenchConnector;
import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import dev.outboard.processes.Child;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * Who is put under load: a broker, an API and a worker, each a process with a heap of a stated size.
 *
 * @param port of the API
 */
record Fleet(Child broker, Child api, Child worker, int port) {
    /** MiB; it is Kafka's own, and not what is tried. */
    private static final int BROKER_HEAP = 512;
    /** MiB beside the heap: classes, compiled code, stacks, the collector's tables, and buffers as limited below. */
    private static final int BESIDE_HEAP = 256;
    private static final String MAIN = "dev.outboard.standalone.Main";
    private static final long SERVED_NANOS = 60_000_000_000L;

    /** A process and what it may hold of the machine's memory, in MiB. */
    record Bounded(Child child, int bound) {}

    static Fleet start(Processes processes, Plan plan) throws IOException, InterruptedException {
        var folder = processes.folder();
        var broker = processes.start("broker", "", heap(BROKER_HEAP), MAIN, "broker", "--data",
                folder.resolve("kafka").toString(), "--port", "0");
        var kafka = broker.said("broker ready on (\\S+),");
        var services = Files.createDirectories(folder.resolve("connector/META-INF/services"));
        Files.writeString(services.resolve("dev.outboard.spi.Connector"), BenchConnector.class.getName());
        var worker = processes.start("worker", folder.resolve("connector").toString(), heap(plan.heap()), MAIN,
                "worker", "--kafka", kafka, "--data", folder.resolve("worker").toString(), "--task-types",
                BenchConnector.TASK_TYPE, "--partitions", Integer.toString(plan.partitions()), "--max-live",
                Integer.toString(plan.maxLive()));
        var api = processes.start("api", "", heap(plan.heap()), MAIN, "api", "--kafka", kafka, "--port", "0",
                "--max-untaken", Integer.toString(plan.maxUntaken()));
        worker.said("(worker ready)");
        var fleet = new Fleet(broker, api, worker, Integer.parseInt(api.said("api ready on \\S+:(\\d+)")));
        fleet.awaitServed();
        return fleet;
    }

    private static List<String> heap(int mebibytes) {
        return List.of("-Xmx" + mebibytes + "m", "-XX:MaxDirectMemorySize=64m", "-XX:+ExitOnOutOfMemoryError");
    }

    /** Each with its bound. */
    List<Bounded> bounded(Plan plan) {
        return List.of(new Bounded(api, plan.heap() + BESIDE_HEAP), new Bounded(worker, plan.heap() + BESIDE_HEAP),
                new Bounded(broker, BROKER_HEAP + BESIDE_HEAP));
    }

    private void awaitServed() throws IOException, InterruptedException {
        long deadline = System.nanoTime() + SERVED_NANOS;
        try (var connection = new Connection(port)) {
            do {
                if (System.nanoTime() > deadline) {
                    throw new BenchFailed("the API has not seen the worker within a minute");
                }
                Thread.sleep(50);
                connection.exchange(Connection.get("/api/v1/task-types"));
            } while (!connection.body().contains("\"served\":true"));
        }
    }
}
