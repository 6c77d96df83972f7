package dev.outboard.bench.staleness;

import dev.outboard.bench.BenchFailed;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** One measurement, from the first process to the last change. */
final class Staleness {
    private static final double ANY = 1_000_000;
    private static final int CREATORS = 32;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long SEED = 1;

    private final Plan plan;
    private final boolean changes;
    private final Consumer<String> progress;

    /** @param changes true for a platform that can say what has changed */
    Staleness(Plan plan, boolean changes, Consumer<String> progress) {
        this.plan = plan;
        this.changes = changes;
        this.progress = progress;
    }

    Outcome run(Processes processes) throws IOException, InterruptedException {
        progress.accept("starting a broker, an API and a worker");
        var fleet = Fleet.start(processes, plan);
        var ledger = new Ledger(plan.page());
        var api = new Api(fleet.api());
        try (var account = new Account(ledger)) {
            var first = fleet.worker(account.url(), ANY, changes);
            progress.accept("creating " + plan.jobs() + " jobs, without limits");
            fill(api);
            // the one that follows takes them all over, and keeps to the account's limit
            first.child().stop();
            account.limit(plan.perSecond());
            var worker = fleet.worker(account.url(), plan.perSecond(), changes);
            progress.accept("waiting until the next worker has asked for all of them");
            await("the worker has not asked for its jobs", () -> WorkerNumbers.of(worker).rounds() >= 2);
            progress.accept("changing jobs for " + plan.length().toSeconds() + " s");
            var before = WorkerNumbers.of(worker);
            long requests = account.requests();
            long refused = account.refused();
            long began = System.nanoTime();
            var seen = new Changes(ledger, api, SEED).run(plan.length());
            double seconds = (System.nanoTime() - began) / 1e9;
            return new Outcome(plan, changes, seconds, account.requests() - requests, account.refused() - refused, seen,
                    WorkerNumbers.of(worker).since(before));
        }
    }

    private void fill(Api api) throws IOException, InterruptedException {
        var gate = new Semaphore(CREATORS);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < plan.jobs(); i++) {
                gate.acquire();
                threads.submit(() -> {
                    try {
                        api.create();
                    } finally {
                        gate.release();
                    }
                    return null;
                });
            }
        }
        await("not all jobs run", () -> api.count("RUNNING") >= plan.jobs());
    }

    private interface Question {
        boolean holds() throws IOException;
    }

    private static void await(String otherwise, Question question) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!question.holds()) {
            if (System.nanoTime() > deadline) {
                throw new BenchFailed(otherwise + " within " + PATIENCE.toSeconds() + " s");
            }
            Thread.sleep(200);
        }
    }
}
