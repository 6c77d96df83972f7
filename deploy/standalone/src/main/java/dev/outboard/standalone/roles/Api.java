package dev.outboard.standalone.roles;

import dev.outboard.api.ApiConfig;
import dev.outboard.api.ApiServer;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.dispatcher.view.MeteredJobs;
import dev.outboard.dispatcher.view.ViewLimits;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;

/** An API: the doors, and the view that they answer from. */
final class Api implements AutoCloseable {
    private final Jobs jobs;
    private final ApiServer server;
    private final String host;

    private Api(Jobs jobs, ApiServer server, String host) {
        this.jobs = jobs;
        this.server = server;
        this.host = host;
    }

    /** Opens the doors at once; they answer 503 until the view has caught up. */
    static Api start(LogConfig log, ViewLimits limits, ApiConfig config, PrometheusMeterRegistry registry) {
        var jobs = jobs(log, limits, registry);
        try {
            return new Api(jobs, ApiServer.start(config, jobs, registry), config.host());
        } catch (IllegalStateException e) {
            jobs.close();
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    config.host().equals(ApiConfig.DEFAULT_HOST)
                            ? "choose another port with --port"
                            : "give an address of this machine with --host, and a free port with --port");
        }
    }

    /** @throws Failure if there is no such port, or what is to be an origin is none */
    static ApiConfig at(String host, int port, List<String> corsOrigins) {
        ApiConfig config;
        try {
            config = ApiConfig.defaults().withHost(host).withPort(port);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), "choose another port with --port");
        }
        try {
            return config.withCorsOrigins(corsOrigins);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()),
                    "give scheme and host, and the port if it is not the scheme's own, with --cors-origin");
        }
    }

    /** Kafka's client refuses settings and names that it cannot resolve when it is made, before it looks for Kafka. */
    private static Jobs jobs(LogConfig log, ViewLimits limits, PrometheusMeterRegistry registry) {
        try {
            return new MeteredJobs(new KafkaJobs(log, limits, registry), registry);
        } catch (LogFailure e) {
            throw new Failure(ExitCode.USAGE, "cannot make a client for Kafka at " + log.bootstrap() + ": "
                    + e.getMessage(), "mend --kafka HOST:PORT or --kafka-set");
        }
    }

    boolean ready() {
        return jobs.ready();
    }

    /** True once jobs of this type can be handed over and a worker takes them. */
    boolean serves(String taskType) {
        return ready() && jobs.taskTypes().stream().anyMatch(type -> type.name().equals(taskType) && type.served());
    }

    String waitingFor() {
        return jobs.waitingFor();
    }

    String url() {
        return "http://" + host + ":" + server.port();
    }

    @Override
    public void close() {
        server.close();
        jobs.close();
    }
}
