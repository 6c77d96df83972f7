package dev.outboard.connectors.bigquery;

import com.google.api.services.bigquery.model.Job;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Budget;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Asks how jobs are doing: one by its handle, or many by lists. */
final class Watch {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final List<String> ACTIVE = List.of("running", "pending");
    private static final List<String> DONE = List.of("done");

    private final Logins logins;
    private final SecretReader workers;
    private final Budget budget;

    Watch(Logins logins, SecretReader workers, Budget budget) {
        this.logins = logins;
        this.workers = workers;
        this.budget = budget;
    }

    PollResult poll(Handle written, SecretReader secrets) throws IOException, InterruptedException {
        var handle = JobHandle.read(written);
        return answered(() -> States.of(calls(handle, secrets).get(handle.project(), handle.location(), handle.jobId()),
                handle));
    }

    PollResult delete(Handle written, SecretReader secrets) throws IOException, InterruptedException {
        var handle = JobHandle.read(written);
        var now = answered(() -> States.of(calls(handle, secrets).cancel(handle), handle));
        return now instanceof PollResult.Running(var queued, var message, _, _, _, _)
                ? new PollResult.Running(queued, message, null, List.of(), Map.of(), SOON)
                : now;
    }

    /** Asks the platform. */
    private interface Question {
        PollResult ask() throws IOException, NoLogin, InterruptedException;
    }

    private static PollResult answered(Question question) throws IOException, InterruptedException {
        try {
            return question.ask();
        } catch (Refused e) {
            if (e.noSuchJob()) {
                return new PollResult.Gone();
            }
            var patience = e.patience();
            if (patience != null) {
                return new PollResult.Retry(patience, e.said());
            }
            throw e;
        } catch (NoLogin e) {
            // what runs goes on running: that we may not look at it is no end of it
            throw new IOException(e.getMessage());
        }
    }

    private Calls calls(JobHandle handle, SecretReader secrets) throws NoLogin {
        return new Calls(logins.client(handle.secret(), secrets), handle.account());
    }

    /**
     * Lists what runs, then, for those that are not in it, what has ended since the oldest of them was created, as long as
     * each page tells of some: else asking for each takes fewer requests. A job that is in neither list, or lies where no
     * list can be had, is left out: lists lag.
     */
    Batch pollAll(String account, Set<Handle> handles) throws IOException, InterruptedException {
        var missing = new HashMap<String, Wanted>();
        for (var handle : handles) {
            var read = JobHandle.read(handle);
            if (read.created() != null && read.location() != null) {
                missing.put(read.reference(), new Wanted(handle, read, read.created()));
            }
        }
        var results = new HashMap<Handle, PollResult>();
        if (!missing.isEmpty()) {
            var any = missing.values().iterator().next().read();
            try {
                var calls = calls(any, workers);
                sweep(account, calls, any.project(), false, missing, results);
                sweep(account, calls, any.project(), true, missing, results);
            } catch (NoLogin e) {
                throw new IOException(e.getMessage());
            } catch (Refused e) {
                if (results.isEmpty()) {
                    throw e;
                }
            }
        }
        return new Batch(results, false, null);
    }

    private record Wanted(Handle handle, JobHandle read, long created) {}

    private void sweep(String account, Calls calls, String project, boolean done, Map<String, Wanted> missing,
            Map<Handle, PollResult> results) throws IOException, NoLogin, InterruptedException {
        if (missing.isEmpty()) {
            return;
        }
        long from = bound(missing.values(), true);
        long to = bound(missing.values(), false);
        String next = null;
        boolean fruitful;
        do {
            budget.take(account);
            var page = calls.list(project, done ? DONE : ACTIVE, done, from, to, next);
            int before = missing.size();
            for (var job : page.jobs()) {
                take(job, missing, results);
            }
            fruitful = !done || missing.size() < before;
            next = page.next();
        } while (next != null && fruitful && !missing.isEmpty());
    }

    private static void take(Job job, Map<String, Wanted> missing, Map<Handle, PollResult> results) throws IOException {
        var reference = job.getJobReference();
        if (reference == null) {
            return;
        }
        var wanted = missing
                .remove(reference.getProjectId() + ":" + reference.getLocation() + "." + reference.getJobId());
        if (wanted != null) {
            results.put(wanted.handle(), States.of(job, wanted.read()));
        }
    }

    private static long bound(Collection<Wanted> wanted, boolean least) {
        var times = wanted.stream().mapToLong(Wanted::created);
        return (least ? times.min() : times.max()).orElseThrow();
    }
}
