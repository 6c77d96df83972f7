package dev.outboard.dispatcher.job;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Jobs and results for tests of the core. */
final class Jobs {
    static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
    static final Duration DEADLINE = Duration.ofSeconds(30);
    static final Duration WINDOW = Duration.ofDays(7);
    static final Handle HANDLE = new Handle("fake", "1", 1, "h");

    private Jobs() {}

    static Policy policy(Guarantee guarantee) {
        return new Policy(guarantee, guarantee == Guarantee.NONE, DEADLINE, WINDOW);
    }

    static Input.Create create(int maxAttempts, Duration timeout) {
        var accepted = new Accepted("fake", 0, new Tenant("p", "d"), "n", Map.of(), Bytes.of(new byte[]{1}),
                maxAttempts,
                timeout, T0);
        return new Input.Create(new JobId(1, 2), accepted, 40, null);
    }

    static Input.Result result(Job job, Op op, Outcome outcome) {
        return new Input.Result(job.incarnation(), job.attempt().number(), op, outcome);
    }

    static Outcome.Exists exists() {
        return new Outcome.Exists(HANDLE, List.of(new Link("console", "http://x/1")));
    }

    static Outcome.Running running(Double progress) {
        return new Outcome.Running(false, "at work", progress, List.of(), null, null);
    }

    static Input.Resolved resolved(Job job, Verdict verdict) {
        return new Input.Resolved(job.id(), job.incarnation(), job.attempt().number(), verdict, "bob");
    }

    static Input.CancelAsked cancel(Job job) {
        return new Input.CancelAsked(job.id(), job.incarnation(), "ann", "enough");
    }
}
