package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.view.Position.Log;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Answers reads so that none goes backwards and none says "unknown" without having looked (I4). */
final class Reader {
    /** How long reading on may take once it is known how far. */
    static final Duration REACH = Duration.ofSeconds(2);
    private static final Duration LASTING = Duration.ofHours(1);

    private enum Passed {
        YES, NOT_REACHED, NOT_ASKED
    }

    private final Types types;
    private final Barrier barrier;
    private final ServedTypes served;
    private final ViewMeters meters;

    Reader(Types types, Barrier barrier, ServedTypes served, ViewMeters meters) {
        this.types = types;
        this.barrier = barrier;
        this.served = served;
        this.meters = meters;
    }

    Reading read(JobId id, @Nullable Position at) {
        if (!types.ready()) {
            return new Reading.Behind("catching up: " + types.waitingFor());
        }
        try {
            return latest(id, at);
        } catch (LogFailure e) {
            return new Reading.Behind("the record of the job cannot be read back: " + e.getMessage());
        }
    }

    private Reading latest(JobId id, @Nullable Position at) {
        var first = locate(id);
        if (first != null && at != null && at.log() == Log.STATE) {
            if (!types.place(first.type().states(id)).await(at.offset() + 1, deadline(REACH))) {
                return behind(at);
            }
            first = first.or(locate(id));
            if (first.seen().position().reaches(at)) {
                return found(first, false);
            }
            // the record there was compacted away before it was read here: a later one is still to come
        }
        // what could not be taken may begin anew at any time
        if (first != null && first.job().state().terminal() && !expiresSoon(first.job())
                && !Lifecycle.replaceable(first.job())) {
            return found(first, false);
        }
        return switch (timed(id, first)) {
            case NOT_ASKED, NOT_REACHED -> first == null
                    ? new Reading.Behind("Kafka could not be asked how far its logs reach")
                    : asOf(first, at);
            case YES -> {
                var now = locate(id);
                yield now == null ? new Reading.Unknown() : folded(now, at);
            }
        };
    }

    /** The best that is known while Kafka is away; but who has a position is never shown what came before it. */
    private Reading asOf(Located first, @Nullable Position at) {
        var now = first.or(locate(first.job().id()));
        if (at != null && at.log() == Log.COMMANDS && at.offset() > now.job().incarnation()
                && now.type().partition(now.job().id()).taken().position() <= at.offset()) {
            return behind(at);
        }
        if (at != null && at.log() == Log.STATE && !now.seen().position().reaches(at)) {
            return behind(at);
        }
        return found(now, true);
    }

    /** After a cancel a reader waits until a worker has taken it. */
    private Reading folded(Located now, @Nullable Position at) {
        if (at == null || at.log() == Log.STATE || at.offset() <= now.job().incarnation()
                || now.job().state().terminal()) {
            return found(now, false);
        }
        var id = now.job().id();
        return now.type().partition(id).taken().await(at.offset() + 1, deadline(REACH))
                ? found(now.or(locate(id)), false)
                : behind(at);
    }

    private @Nullable Located locate(JobId id) {
        for (var type : types.all()) {
            var seen = type.get(id);
            if (seen != null) {
                return new Located(type, seen);
            }
        }
        return null;
    }

    private Passed timed(JobId id, @Nullable Located located) {
        long began = System.nanoTime();
        var passed = pass(id, located);
        var timer = switch (passed) {
            case YES -> meters.barrierPassed;
            case NOT_REACHED -> meters.barrierNotReached;
            case NOT_ASKED -> meters.barrierNotAsked;
        };
        timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        return passed;
    }

    /** Waits until this process has read what the logs hold of this id now: of its type, or if unknown of every type. */
    private Passed pass(JobId id, @Nullable Located located) {
        var looked = located == null ? List.copyOf(types.all()) : List.of(located.type());
        var partitions = new ArrayList<TopicPartition>();
        looked.forEach(type -> {
            partitions.add(type.commands(id));
            partitions.add(type.states(id));
        });
        if (located == null) {
            partitions.add(types.registry());
        }
        long deadline = deadline(REACH);
        try {
            var ends = barrier.ends(partitions).get();
            for (var partition : partitions) {
                if (!types.place(partition).await(ends.getOrDefault(partition, 0L), deadline)) {
                    return Passed.NOT_REACHED;
                }
            }
            // the registry has been read to its end: a type that came with that has not been looked at
            return located != null || looked.containsAll(types.all()) ? Passed.YES : Passed.NOT_REACHED;
        } catch (ExecutionException e) {
            return Passed.NOT_ASKED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Passed.NOT_ASKED;
        }
    }

    /** The answer that shows this job. */
    Reading.Found found(Located located, boolean asOf) {
        var job = located.job();
        var conditions = new ArrayList<>(job.conditions());
        if (!job.state().terminal() && !served.served(located.type().taskType())) {
            conditions.add(new Condition(Condition.Type.NO_WORKER, "NotServed",
                    "no worker serves task type " + located.type().taskType() + " now", job.times().updatedAt()));
        }
        if (asOf) {
            conditions.add(new Condition(Condition.Type.AS_OF, "LogNotAsked",
                    "Kafka could not be asked whether there is news", Instant.now()));
        }
        return new Reading.Found(job, located.seen().position(), conditions);
    }

    private static Reading behind(Position at) {
        return new Reading.Behind("position " + at + " has not been reached in time");
    }

    /** True if a repeat of its create may come to begin anew while we look. */
    static boolean expiresSoon(Job job) {
        var expires = job.times().expiresAt();
        return expires != null && expires.isBefore(Instant.now().plus(LASTING));
    }

    static long deadline(Duration limit) {
        return System.nanoTime() + limit.toNanos();
    }
}
