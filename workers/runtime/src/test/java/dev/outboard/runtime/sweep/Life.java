package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Demands;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** One job by the core's own rules, with crashes, lost replies and a cancel: what log and platform said when. */
final class Life {
    static final String TYPE = "fake";
    private static final Duration DEADLINE = Duration.ofSeconds(30);

    /** The records, by when each was written. */
    final NavigableMap<Instant, Job> log = new TreeMap<>();
    final PlatformModel platform;
    private final Random random;
    private final Lifecycle lifecycle;
    private final Demands demands;
    private Job was;
    private Job job;
    private Input cause;
    private Instant now;
    private Instant cancelAt;

    Life(Policy.Guarantee guarantee, JobId id, Instant from, Instant until, Random random) {
        this.random = random;
        var policy = policy(guarantee);
        platform = new PlatformModel(guarantee != Policy.Guarantee.SEARCH, policy.quarantine(), random);
        lifecycle = new Lifecycle(policy);
        demands = new Demands(policy);
        now = from;
        cancelAt = random.nextInt(3) == 0 ? from.plusMillis(random.nextInt(300_000)) : Instant.MAX;
        var accepted = new Accepted(TYPE, 0, new Tenant("p", "d"), "n", Map.of(), Bytes.of(new byte[]{1}), 3, null,
                from);
        var create = new Input.Create(id, accepted, 7, null);
        job = lifecycle.begin(create);
        was = job;
        cause = create;
        log.put(now, job);
        while (!job.state().terminal() && now.isBefore(until)) {
            step();
        }
    }

    static Policy policy(Policy.Guarantee guarantee) {
        return new Policy(guarantee, false, DEADLINE, Duration.ofDays(7));
    }

    /** The record at that time, or null before the first. */
    Job at(Instant when) {
        var entry = log.floorEntry(when);
        return entry == null ? null : entry.getValue();
    }

    /** True if it is this job's. */
    boolean is(Finding finding) {
        return switch (finding) {
            case Finding.Orphan(var external, _, _) -> external.jobId().equals(job.id().toString());
            case Finding.Missing(var missing, _) -> missing.id().equals(job.id());
        };
    }

    private void step() {
        var demand = demands.after(was, job, cause, now);
        if (!cancelAt.isAfter(demand.due())) {
            cancel();
            return;
        }
        now = demand.due().plusMillis(random.nextInt(200));
        if (demand.op() == Op.SLOT) {
            fold(new Input.Admit(), now);
        } else {
            call(demand);
        }
    }

    private void cancel() {
        fold(new Input.CancelAsked(job.id(), job.incarnation(), "ann", "enough"), cancelAt.isAfter(now)
                ? cancelAt
                : now);
        cancelAt = Instant.MAX;
    }

    private void call(Demand demand) {
        int attempt = job.attempt().number();
        var reply = reply(demand.op());
        if (random.nextInt(20) == 0) {
            // the worker dies with the call under way; another takes over
            fold(new Input.Restored(), now.plusMillis(random.nextInt(20_000)));
            return;
        }
        if (cancelAt.isBefore(reply.at())) {
            cancel();
        }
        fold(new Input.Result(job.incarnation(), attempt, demand.op(), reply.outcome()), reply.at());
    }

    private PlatformModel.Reply reply(Op op) {
        if (op == Op.CHECK) {
            return new PlatformModel.Reply(new Outcome.Checked(null), now.plusMillis(1));
        }
        var key = Sample.key(job, job.attempt().number());
        var handle = job.attempt().handle();
        return switch (op) {
            case CREATE, OCCUPY -> platform.create(key, now, now.plus(DEADLINE));
            case FIND -> platform.find(key, now);
            case POLL -> platform.poll(handle.value(), now);
            case DELETE -> platform.delete(handle.value(), now);
            default -> throw new AssertionError(op);
        };
    }

    private void fold(Input input, Instant at) {
        now = at.isAfter(now) ? at : now;
        was = job;
        cause = input;
        job = lifecycle.fold(job, input, now);
        log.put(now, job);
    }

    static JobError error(boolean retryable) {
        return new JobError(JobError.Kind.SYSTEM, "Oops", "oops", retryable, null);
    }

    /** For messages. */
    @Override
    public String toString() {
        return log.entrySet()
                .stream()
                .map(e -> e.getKey() + " " + e.getValue().state() + " " + e.getValue().attempt().number())
                .toList() + " " + List.copyOf(platform.externals);
    }
}
