package dev.outboard.standalone.roles;

import dev.outboard.api.ApiConfig;
import dev.outboard.broker.Broker;
import dev.outboard.broker.BrokerException;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.ViewLimits;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Everything in one JVM: a broker of one node, the API and a worker. */
public final class Stack implements AutoCloseable {
    /** Eight are enough for one machine, and every one costs the broker files. */
    private static final int PARTITIONS = 8;
    private static final Duration WINDOW = Duration.ofDays(7);

    private final Broker broker;
    private final Worker worker;
    private final Api api;
    private final Metrics metrics;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Stack(Broker broker, Worker worker, Api api, Metrics metrics) {
        this.broker = broker;
        this.worker = worker;
        this.api = api;
        this.metrics = metrics;
    }

    /**
     * Starts all of it and returns at once after the broker is up.
     *
     * @param data keeps the broker's and the connectors' files
     * @param port of the API on the loopback address, 0 for any free one
     */
    public static Stack start(Path data, int port, Map<String, String> settings) {
        return start(data, port, settings, List.of());
    }

    /** @param plugins folders with a folder per plug-in */
    public static Stack start(Path data, int port, Map<String, String> settings, List<Path> plugins) {
        return start(data, port, settings, plugins, null);
    }

    /** @param secrets a folder with a file per secret, or null */
    public static Stack start(Path data, int port, Map<String, String> settings, List<Path> plugins,
            @Nullable Path secrets) {
        return start(data, ViewLimits.ofHeap(), Api.at(ApiConfig.DEFAULT_HOST, port, List.of()), settings, plugins,
                secrets);
    }

    /** The same with doors as they are told. */
    static Stack start(Path data, ViewLimits limits, ApiConfig doors, Map<String, String> settings,
            List<Path> plugins, @Nullable Path secrets) {
        Broker broker;
        try {
            broker = Broker.start(data.resolve("kafka"), 0, Map.of());
        } catch (BrokerException e) {
            throw new Failure(ExitCode.USAGE, e.getMessage(), "choose another folder with --data");
        }
        var log = LogConfig.at(broker.bootstrap()).withPartitions(PARTITIONS);
        var metrics = new Metrics();
        try {
            var api = Api.start(log, limits, doors, metrics.registry());
            try {
                var worker = Worker.start(log, Worker.open(plugins, Set.of(), settings, data, secrets, WINDOW),
                        ReconcileSchedule.Plan.OFF, null, metrics.registry());
                return new Stack(broker, worker, api, metrics);
            } catch (RuntimeException e) {
                api.close();
                throw e;
            }
        } catch (RuntimeException e) {
            broker.close();
            throw e;
        }
    }

    /** Blocks until jobs can be handed over and a worker takes them. */
    public void awaitReady(PrintWriter err) throws InterruptedException {
        boolean ready = Waiting.until(
                () -> worker.ready() && worker.taskTypeNames().stream().allMatch(api::serves), worker::stopped,
                () -> worker.ready() ? "waiting for the API to see the worker" : worker.why(), err);
        if (!ready) {
            throw new Failure(ExitCode.USAGE, "the worker is stopped: " + worker.why(),
                    "do what it says, or start with "
                            + "another --data");
        }
    }

    public String url() {
        return api.url();
    }

    public String kafka() {
        return broker.bootstrap();
    }

    public String taskTypes() {
        return worker.taskTypes();
    }

    /** Requests in flight finish, the worker hands over and ends what it runs, the broker stops: within 10 s. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        var stopping = Thread.ofPlatform().name("stop-api").start(api::close);
        worker.close();
        try {
            stopping.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        metrics.close();
        broker.close();
    }
}
