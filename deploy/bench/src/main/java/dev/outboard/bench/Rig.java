package dev.outboard.bench;

import dev.outboard.processes.Child;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * What is measured: a broker, an API with the bare server in its JVM (so that compiler and collector treat both alike), and
 * a worker with the benchmark's connector, each a process.
 *
 * @param api port of the API
 * @param bare port of the bare server
 */
record Rig(Processes processes, String kafka, int partitions, int api, int bare, Child worker) {
    /** By name: the program that holds all roles is built upon this module. */
    static final String MAIN = "dev.outboard.standalone.Main";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    static Rig start(Processes processes, int partitions) throws IOException, InterruptedException, ExecutionException {
        var folder = processes.folder();
        var kafka = processes.start("broker", "", MAIN, "broker", "--data", folder.resolve("kafka").toString(),
                "--port", "0").said("broker ready on (\\S+),");
        BareTopic.make(kafka, partitions);
        var services = Files.createDirectories(folder.resolve("connector/META-INF/services"));
        Files.writeString(services.resolve("dev.outboard.spi.Connector"), BenchConnector.class.getName());
        var worker = processes.start("worker", folder.resolve("connector").toString(), MAIN, "worker", "--kafka", kafka,
                "--data", folder.resolve("worker").toString(), "--task-types", BenchConnector.TASK_TYPE,
                "--partitions", Integer.toString(partitions));
        worker.said("(worker ready)");
        var server = processes.start("server", "", BareServer.class.getName(), MAIN, "api", "--kafka", kafka,
                "--port", "0");
        var rig = new Rig(processes, kafka, partitions, Integer.parseInt(server.said("api ready on \\S+:(\\d+)")),
                Integer.parseInt(server.said("bare server ready on (\\d+)")), worker);
        rig.awaitServed(true);
        return rig;
    }

    /** Stops the worker, and waits until nobody counts on it any more. */
    void stopWorker() throws IOException, InterruptedException {
        worker.stop();
        awaitServed(false);
    }

    /** Until the API has seen that there is a worker, or is none: answers say so. */
    private void awaitServed(boolean served) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try (var connection = new Connection(api)) {
            do {
                if (System.nanoTime() > deadline) {
                    throw new BenchFailed("the API has not seen that the worker " + (served ? "came" : "went"));
                }
                Thread.sleep(50);
                connection.send(Connection.get("/api/v1/task-types"), 200);
            } while (!connection.body().contains("\"served\":" + served));
        }
    }
}
