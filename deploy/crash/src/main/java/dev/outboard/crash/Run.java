package dev.outboard.crash;

import dev.outboard.crash.cluster.Cluster;
import dev.outboard.crash.cluster.Role;
import dev.outboard.crash.drive.Driver;
import dev.outboard.crash.fault.Fault.Kind;
import dev.outboard.crash.fault.Faults;
import dev.outboard.crash.history.Linearizability;
import dev.outboard.crash.platform.Ledger;
import dev.outboard.crash.platform.Remote;
import dev.outboard.crash.verdict.Evidence;
import dev.outboard.crash.verdict.Verdict;
import dev.outboard.processes.Processes;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** One run, from nothing to the verdict. */
final class Run {
    private static final Duration GLANCE = Duration.ofMillis(250);
    private static final Duration LINE = Duration.ofSeconds(5);
    private static final Duration QUIET = Duration.ofSeconds(60);

    private final Plan plan;
    private final PrintWriter err;
    private final long began = System.nanoTime();
    private long told = began;

    Run(Plan plan, PrintWriter err) {
        this.plan = plan;
        this.err = err;
    }

    Result run(Processes processes) throws Exception {
        err.println("starting " + Cluster.BROKERS + " brokers, " + Cluster.APIS + " APIs, " + Cluster.WORKERS
                + " workers and a platform in " + processes.folder());
        err.flush();
        var cluster = Cluster.start(processes, plan.setup());
        try (var platform = cluster.platform();
                var faults = new Faults(cluster, plan.seed(), plan.jobs());
                var driver = driver(cluster, faults)) {
            long first = System.nanoTime();
            faults.keep();
            driver.start(plan.clients());
            if (!plan.calm()) {
                faults.start(driver.counts().accepted::intValue);
            }
            work(driver, faults);
            var took = Duration.ofNanos(System.nanoTime() - first);
            err.println("every client is done: comparing the books");
            err.flush();
            quiet(platform);
            var finals = driver.finals();
            var ledger = platform.ledger();
            var verdict = Verdict.of(new Evidence(plan.guarantee(), ledger, driver.seen(), finals,
                    Linearizability.check(driver.history())));
            return new Result(plan, verdict, ledger, driver.counts(), driver.history().operations().size(),
                    faults.tally(), took,
                    TakeoverTimes.of(cluster.members(Role.WORKER), cluster.members(Role.BROKER)));
        }
    }

    private Driver driver(Cluster cluster, Faults faults) {
        var minimums = plan.minimums();
        return new Driver(cluster.urls(), plan.seed(), plan.jobs(), () -> minimums.allowed(faults.tally(), plan.jobs()),
                System.nanoTime() + plan.limit().toNanos());
    }

    private void work(Driver driver, Faults faults) throws Exception {
        while (!driver.done()) {
            check(faults);
            tell(driver, faults);
            boolean enough = driver.counts().accepted.get() == plan.jobs()
                    && plan.minimums().progress(faults.tally()) >= 1;
            if (enough) {
                faults.calm();
            }
            Thread.sleep(GLANCE);
        }
        driver.await();
        faults.stop();
        check(faults);
    }

    private static void check(Faults faults) throws Exception {
        var failure = faults.failure();
        if (failure != null) {
            throw failure;
        }
    }

    private void tell(Driver driver, Faults faults) {
        if (System.nanoTime() - told < LINE.toNanos()) {
            return;
        }
        told = System.nanoTime();
        var tally = faults.tally();
        err.printf(Locale.ROOT,
                "%s  %,d of %,d jobs accepted, %,d ended; killed %d workers, %d APIs, %d brokers; %d pauses%n",
                Report.time(Duration.ofNanos(told - began)), driver.counts().accepted.get(), plan.jobs(),
                driver.counts().ended.get(), tally.of(Kind.KILL_WORKER), tally.of(Kind.KILL_API),
                tally.of(Kind.KILL_BROKER), tally.of(Kind.PAUSE_WORKER) + tally.of(Kind.PAUSE_API));
        err.flush();
    }

    /** What is late may still have an effect, and belongs into the books. */
    private static void quiet(Remote platform) throws IOException, InterruptedException {
        long until = System.nanoTime() + QUIET.toNanos();
        Ledger ledger;
        do {
            Thread.sleep(GLANCE);
            ledger = platform.ledger();
        } while (ledger.underWay() > 0 && System.nanoTime() < until);
    }
}
