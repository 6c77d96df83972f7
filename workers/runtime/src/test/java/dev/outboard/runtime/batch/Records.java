package dev.outboard.runtime.batch;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.spi.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Records of running jobs, and polls of them. */
final class Records {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Lifecycle RULES = new Lifecycle(
            new Policy(Policy.Guarantee.TOKEN, false, Duration.ofSeconds(30), Duration.ofDays(7)));

    private Records() {}

    static Job running(Handle handle) {
        var accepted = new Accepted("sql", 1, new Tenant("p", "d"), "t", Map.of(), Bytes.of(new byte[0]), 3, null, NOW);
        var attempt = new Attempt(1, 0, 0, null, NOW,
                new dev.outboard.dispatcher.job.Handle("Fake", "1", handle.version(), handle.value()), false, List.of(),
                null, null);
        return new Job(new JobId(8, handle.value().hashCode()), 5, 1, accepted, State.RUNNING, null, attempt, List.of(),
                null, null, null, null, Times.accepted(NOW));
    }

    static Call call(Job job) {
        return new Call(Op.POLL, job, "here", "key", () -> Bytes.of(new byte[0]), () -> true, _ -> {
        });
    }

    static Job folded(Job job, Outcome outcome) {
        return RULES.fold(job, new Input.Result(job.incarnation(), job.attempt().number(), Op.POLL, outcome), NOW);
    }
}
