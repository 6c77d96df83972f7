package dev.outboard.bench.staleness;

import dev.outboard.processes.Child;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A broker and an API, and one worker after another.
 *
 * @param api its port
 */
record Fleet(Processes processes, Plan plan, String kafka, Path connector, int api) {
    private static final String MAIN = "dev.outboard.standalone.Main";

    static Fleet start(Processes processes, Plan plan) throws IOException, InterruptedException {
        var folder = processes.folder();
        var kafka = processes.start("broker", "", MAIN, "broker", "--data", folder.resolve("kafka").toString(),
                "--port", "0").said("broker ready on (\\S+),");
        var services = Files.createDirectories(folder.resolve("connector/META-INF/services"));
        Files.writeString(services.resolve("dev.outboard.spi.Connector"), PagingConnector.class.getName());
        var api = processes.start("api", "", MAIN, "api", "--kafka", kafka, "--port", "0")
                .said("api ready on \\S+:(\\d+)");
        return new Fleet(processes, plan, kafka, folder.resolve("connector"), Integer.parseInt(api));
    }

    /**
     * A worker and the port of its metrics.
     */
    record Worker(Child child, int ops) {}

    /**
     * Starts one.
     *
     * @param endpoint where the account is
     * @param perSecond requests that it may be asked
     * @param changes true if the platform can say what has changed
     */
    Worker worker(String endpoint, double perSecond, boolean changes) throws IOException, InterruptedException {
        var prefix = "connectors." + PagingConnector.NAME.toLowerCase(Locale.ROOT) + ".";
        var child = processes.start("worker", connector.toString(), MAIN, "worker", "--kafka", kafka, "--data",
                processes.folder().resolve("worker").toString(), "--task-types", PagingConnector.TASK_TYPE,
                "--partitions", Integer.toString(plan.partitions()), "--ops-port", "0", "--set",
                prefix + PagingConnector.ENDPOINT + "=" + endpoint, "--set",
                prefix + "requests-per-second=" + perSecond,
                "--set", prefix + PagingConnector.CHANGES + "=" + changes);
        int ops = Integer.parseInt(child.said("health and metrics on http://\\S+:(\\d+)"));
        child.said("(worker ready)");
        return new Worker(child, ops);
    }
}
