package dev.outboard.bench.overload;

import dev.outboard.bench.BenchConnector;
import dev.outboard.bench.BenchFailed;
import dev.outboard.bench.Connection;
import dev.outboard.bench.Jobs;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** One overload, from the first process to the last job's end. */
final class Overload {
    private static final int CONNECTIONS = 256;
    /** As many as the worker has calls under way, and as many again. */
    private static final int PROBE = 2 * 256;
    private static final int CREATORS = 32;
    private static final Duration IDLE = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Plan plan;
    private final Consumer<String> progress;

    Overload(Plan plan, Consumer<String> progress) {
        this.plan = plan;
        this.progress = progress;
    }

    Outcome run(Processes processes) throws IOException, InterruptedException {
        progress.accept("starting a broker, a worker and an API");
        var fleet = Fleet.start(processes, plan);
        var children = fleet.bounded(plan).stream().map(Fleet.Bounded::child).toList();
        try (var memory = new Memory(children); var metrics = new Metrics(fleet.port())) {
            progress.accept("measuring what the worker takes");
            var probes = new ConcurrentLinkedQueue<String>();
            double rate = rate(fleet, metrics, probes);
            var ended = probes.element();
            var live = create(fleet, Jobs.request(BenchConnector.RUN));
            try (var poller = new Poller(fleet.port(), List.of(ended, live))) {
                Thread.sleep(IDLE);
                var idle = poller.take();
                double offering = rate * plan.times();
                progress.accept(
                        "offering " + Math.round(offering) + " creates a second for " + plan.length().toSeconds()
                                + " s, " + plan.times() + " times what the worker takes");
                var answers = new Answers();
                long began = System.nanoTime();
                long offered = new Offer(plan.create(), fleet.port(), CONNECTIONS, answers).run(offering,
                        plan.length());
                double seconds = (System.nanoTime() - began) / 1e9;
                var polls = poller.take();
                poller.ask(List.of(ended));
                cancel(fleet, live);
                int accepted = answers.accepted().size();
                var drain = Duration.ofMillis((long) (2000 * accepted / rate)).plus(PATIENCE);
                progress.accept("waiting for the end of " + accepted + " accepted jobs");
                var ends = new Ends(fleet.port());
                boolean drained = ends.await(metrics, drain);
                double until = (System.nanoTime() - began) / 1e9;
                var missing = ends.missing(answers.accepted());
                var held = new ArrayList<Outcome.Held>();
                for (var one : fleet.bounded(plan)) {
                    held.add(Outcome.Held.of(one, memory));
                }
                return new Outcome(plan, rate, offered, seconds, until, answers, drained, missing, idle, polls, held);
            }
        }
    }

    /** Jobs a second: of two rounds of calls the second, which nothing but the platform's time keeps waiting. */
    private double rate(Fleet fleet, Metrics metrics, Collection<String> paths)
            throws IOException, InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < CREATORS; i++) {
                threads.submit(() -> {
                    for (int n = 0; n < PROBE / CREATORS; n++) {
                        paths.add(create(fleet, plan.create()));
                    }
                    return null;
                });
            }
            long half = System.nanoTime();
            long deadline = half + PATIENCE.toNanos();
            while (true) {
                long ended = metrics.jobs().ended();
                long now = System.nanoTime();
                if (ended < PROBE / 2) {
                    half = now;
                }
                if (ended == PROBE) {
                    return PROBE / 2 / ((now - half) / 1e9);
                }
                if (now > deadline) {
                    throw new BenchFailed("the worker has ended " + ended + " of " + PROBE + " jobs in "
                            + PATIENCE.toSeconds() + " s");
                }
                Thread.sleep(20);
            }
        }
    }

    private static String create(Fleet fleet, byte[] request) throws IOException, InterruptedException {
        try (var connection = new Connection(fleet.port())) {
            int status = connection.exchange(request);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            // with small bounds these few are too many at once
            while (status == Answers.TOO_MANY && System.nanoTime() < deadline) {
                Thread.sleep(100);
                status = connection.exchange(request);
            }
            if (status != Jobs.CREATED) {
                throw new BenchFailed("a create is answered " + status + " before there is any overload");
            }
            return connection.header("Location").orElseThrow();
        }
    }

    private static void cancel(Fleet fleet, String path) throws IOException {
        try (var connection = new Connection(fleet.port())) {
            int status = connection.exchange(Connection.request("DELETE", path, "", new byte[0]));
            if (status / 100 != 2) {
                throw new BenchFailed("a cancel is answered " + status + ": " + connection.body());
            }
        }
    }
}
