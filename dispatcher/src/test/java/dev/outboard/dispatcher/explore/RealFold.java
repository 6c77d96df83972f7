package dev.outboard.dispatcher.explore;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Demands;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The production rules, with each record they make given a number: a situation holds numbers, and no fold is asked for
 * twice. Time stands still: what is due is due, so that any order of timers and answers is explored.
 */
final class RealFold {
    static final int NONE = -1;
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final JobId ID = new JobId(0, 1);
    private static final Accepted ACCEPTED = new Accepted("explored", 0, new Tenant("", ""), "", Map.of(),
            Bytes.of(new byte[]{1}), 1, null, NOW);

    /** What the platform tells, or does not. */
    enum Told {
        EXISTS(new Outcome.Exists(new Handle("explored", "1", 1, "h"), List.of())), ABSENT(
                new Outcome.Absent()), CANCELLED(new Outcome.Cancelled()), UNKNOWN(
                        new Outcome.Unknown("no answer", false)), UNREACHABLE(new Outcome.Unreachable("no answer"));

        private final Outcome outcome;

        Told(Outcome outcome) {
            this.outcome = outcome;
        }
    }

    /** What can be folded into a record. */
    enum Fed {
        CREATE, CANCEL, ADMIT, RESTORED, RESULT
    }

    /** The record after a fold, and the call it wants. */
    record Folded(int job, Op wants) {}

    private final Lifecycle lifecycle;
    private final Demands demands;
    private final List<Job> jobs = new ArrayList<>();
    private final Map<Job, Integer> numbers = new HashMap<>();
    private final Map<Integer, Folded> known = new HashMap<>();

    /** @param occupies false: "not found" is believed at once, as if no quarantine were needed */
    RealFold(boolean occupies) {
        var policy = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(occupies ? 5 : -60),
                Duration.ofHours(1));
        lifecycle = new Lifecycle(policy);
        demands = new Demands(policy);
    }

    Job job(int number) {
        return jobs.get(number);
    }

    Folded fold(int job, Fed fed) {
        return fold(job, fed, Op.CHECK, Told.EXISTS);
    }

    Folded result(int job, Op op, Told told) {
        return fold(job, Fed.RESULT, op, told);
    }

    private Folded fold(int job, Fed fed, Op op, Told told) {
        int key = ((job + 1) * 8 + fed.ordinal()) * 256 + op.ordinal() * 16 + told.ordinal();
        var folded = known.get(key);
        if (folded == null) {
            folded = job == NONE ? first(fed) : next(job, input(fed, op, told));
            known.put(key, folded);
        }
        return folded;
    }

    private static Input input(Fed fed, Op op, Told told) {
        return switch (fed) {
            case CREATE -> new Input.Create(ID, ACCEPTED, 0, null);
            case CANCEL -> new Input.CancelAsked(ID, 0, "ann", "");
            case ADMIT -> new Input.Admit();
            case RESTORED -> new Input.Restored();
            case RESULT -> new Input.Result(0, 1, op, told.outcome);
        };
    }

    /** As the lane does it: a create of an unknown id begins, anything else of it is dropped. */
    private Folded first(Fed fed) {
        if (fed != Fed.CREATE) {
            return new Folded(NONE, Op.EXPIRE);
        }
        var create = new Input.Create(ID, ACCEPTED, 0, null);
        var job = lifecycle.begin(create);
        return new Folded(number(job), demands.after(job, job, create, NOW).op());
    }

    private Folded next(int number, Input input) {
        var was = jobs.get(number);
        var job = lifecycle.fold(was, input, NOW);
        return new Folded(number(job), demands.after(was, job, input, NOW).op());
    }

    private int number(Job job) {
        return numbers.computeIfAbsent(job, j -> {
            jobs.add(j);
            return jobs.size() - 1;
        });
    }
}
