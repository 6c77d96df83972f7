package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.RecordReader;
import dev.outboard.dispatcher.view.PartitionView.Seen;
import dev.outboard.dispatcher.view.Position.Log;
import dev.outboard.dispatcher.wire.Commands;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Undecodable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** {@link Jobs} over Kafka: everything in memory that the logs tell, and the barrier that keeps answers honest. */
public final class KafkaJobs implements Jobs {
    private static final Duration ASK = Duration.ofMillis(500);
    private static final Duration REACH = Duration.ofSeconds(2);
    private static final Duration LASTING = Duration.ofHours(1);
    /** So many creates of a type may lie untaken. */
    private static final int MAX_UNTAKEN = 100_000;

    /** A job, and the type it was found in. */
    private record Located(TypeView type, Seen seen) {
        Job job() {
            return seen.job();
        }
    }

    private enum Passed {
        YES, NOT_REACHED, NOT_ASKED
    }

    private final Duration retention;
    private final Admin admin;
    private final Types types;
    private final Barrier barrier;
    private final ServedTypes served;
    private final CommandWriter writer;
    private final SecureRandom random = new SecureRandom();
    private final RecordReader reader;

    /** Begins to follow the logs; returns at once, also while Kafka is away. */
    public KafkaJobs(LogConfig config) {
        retention = config.retention();
        var clients = new Clients(config);
        admin = clients.admin();
        types = new Types(config, clients, admin);
        barrier = new Barrier(admin);
        served = new ServedTypes(admin, types::all);
        writer = new CommandWriter(clients);
        reader = new RecordReader(clients);
    }

    @Override
    public String installation() {
        return types.installation();
    }

    @Override
    public boolean ready() {
        return types.ready();
    }

    @Override
    public String waitingFor() {
        return types.waitingFor();
    }

    @Override
    public List<TaskType> taskTypes() {
        return types.described()
                .stream()
                .map(d -> new TaskType(d.taskType(), d.versions(), d.connector(), d.connectorVersion(), d.guarantee(),
                        d.partitions(), served.served(d.taskType())))
                .toList();
    }

    @Override
    public Creation create(NewJob job) throws LogUnavailable, OutcomeUnknown {
        var type = types.get(job.taskType());
        if (type == null) {
            throw new IllegalArgumentException("task type " + job.taskType() + " is not known");
        }
        var full = backlog(type);
        if (full != null) {
            return new Creation.Refused(full);
        }
        var id = job.key() == null
                ? Identity.random(random)
                : Identity.keyed(installation(), job.tenant(), job.taskType(), job.key());
        var accepted = new Accepted(job.taskType(), job.taskTypeVersion(), job.tenant(), job.name(), job.labels(),
                job.fingerprint(), job.maxAttempts(), job.timeout(), Instant.EPOCH);
        var place = type.commands(id);
        var written = writer.write(place, id, Commands.create(accepted, job.spec(), null));
        if (job.key() != null) {
            return decided(type, id, written.offset(), job.fingerprint());
        }
        var create = new Input.Create(id, accepted.acceptedAt(Instant.ofEpochMilli(written.timestamp())),
                written.offset(),
                null);
        var position = new Position(Log.COMMANDS, place.partition(), written.offset());
        return new Creation.Accepted(found(new Located(type, new Seen(Lifecycle.queued(create), position)), false));
    }

    private @Nullable String backlog(TypeView type) {
        int untaken = type.untaken();
        if (untaken >= MAX_UNTAKEN) {
            return untaken + " jobs of task type " + type.taskType() + " wait for a worker";
        }
        var oldest = type.oldestUntaken();
        if (oldest != null && oldest.isBefore(Instant.now().minus(retention.dividedBy(2)))) {
            return "a job of task type " + type.taskType() + " has waited for a worker since " + oldest;
        }
        return null;
    }

    /** Who came first under this key: the order of the log says, so it must have been read up to our own create. */
    private Creation decided(TypeView type, JobId id, long offset, Bytes fingerprint) throws OutcomeUnknown {
        long deadline = deadline(REACH);
        var seen = types.commandPlace(type.commands(id)).await(offset + 1, deadline) ? type.get(id) : null;
        if (seen != null && expiresSoon(seen.job())) {
            // whether it had expired is the worker's to say
            seen = type.partition(id).taken().await(offset + 1, deadline) ? type.get(id) : null;
        }
        if (seen == null) {
            throw new OutcomeUnknown(id, "the create is written but has not been read back in time");
        }
        if (seen.job().incarnation() == offset) {
            return new Creation.Accepted(found(new Located(type, seen), false));
        }
        if (!seen.job().accepted().fingerprint().equals(fingerprint)) {
            return new Creation.Conflict(id);
        }
        return new Creation.Replayed(read(id, null) instanceof Reading.Found now
                ? now
                : found(new Located(type, seen), true));
    }

    @Override
    public Reading read(JobId id, @Nullable Position at) {
        if (!ready()) {
            return new Reading.Behind("catching up: " + waitingFor());
        }
        var first = locate(id);
        if (first != null && at != null && at.log() == Log.STATE) {
            return types.statePlace(first.type().states(id)).await(at.offset() + 1, deadline(REACH))
                    ? found(orElse(locate(id), first), false)
                    : behind(at);
        }
        if (first != null && first.job().state().terminal() && !expiresSoon(first.job())) {
            return found(first, false);
        }
        return switch (pass(id, first)) {
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
        var now = orElse(locate(first.job().id()), first);
        if (at != null && at.log() == Log.COMMANDS && at.offset() > now.job().incarnation()
                && now.type().partition(now.job().id()).taken().position() <= at.offset()) {
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
                ? found(orElse(locate(id), now), false)
                : behind(at);
    }

    @Override
    public Cancellation cancel(JobId id, String by, String reason) throws LogUnavailable, OutcomeUnknown {
        return switch (read(id, null)) {
            case Reading.Unknown _ -> new Cancellation.Unknown();
            case Reading.Behind behind -> new Cancellation.Behind(behind.why());
            case Reading.Found found when found.job().state().terminal() -> new Cancellation.Ended(found);
            case Reading.Found found -> {
                var type = orThrow(types.get(found.job().accepted().taskType()));
                var place = type.commands(id);
                var written = writer.write(place, id, Commands.cancel(found.job().incarnation(), by, reason));
                yield new Cancellation.Owed(new Reading.Found(found.job(),
                        new Position(Log.COMMANDS, place.partition(), written.offset()), found.conditions()));
            }
        };
    }

    @Override
    public Optional<Bytes> spec(Reading.Found found) throws LogUnavailable {
        var job = found.job();
        var id = job.id();
        var type = orThrow(types.get(job.accepted().taskType()));
        try {
            var commands = type.commands(id);
            var create = reader.read(commands.topic(), commands.partition(), job.incarnation()).orElse(null);
            if (create != null && id.equals(JobId.of(create.key()))) {
                var spec = Commands.read(create.key(), create.value(), create.offset(), Instant.EPOCH).spec();
                return Optional.ofNullable(spec);
            }
            // older than the commands' retention: a live job's spec stands in the state log as well
            var offset = type.partition(id).spec(id);
            var states = type.states(id);
            var record = offset == null ? null : reader.read(states.topic(), states.partition(), offset).orElse(null);
            return record == null ? Optional.empty() : Optional.of(SpecRecords.read(record.value()).spec());
        } catch (LogFailure e) {
            throw new LogUnavailable("the spec could not be read", e);
        } catch (Undecodable e) {
            return Optional.empty();
        }
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

    /** Waits until this process has read what the logs hold of this id now: of its type, or if unknown of every type. */
    private Passed pass(JobId id, @Nullable Located located) {
        var all = new HashSet<TopicPartition>();
        var committed = new HashSet<TopicPartition>();
        for (var type : located == null ? types.all() : List.of(located.type())) {
            all.add(type.commands(id));
            committed.add(type.states(id));
        }
        if (located == null) {
            committed.add(types.registry());
        }
        long deadline = deadline(REACH);
        try {
            var ends = barrier.ends(all, committed).get(ASK.toMillis(), TimeUnit.MILLISECONDS);
            return reached(ends, all, deadline, true) && reached(ends, committed, deadline, false)
            // the registry has been read to its end: a type that came with that has not been looked at
                    && (located != null || types.all().stream().allMatch(type -> all.contains(type.commands(id))))
                            ? Passed.YES
                            : Passed.NOT_REACHED;
        } catch (ExecutionException | TimeoutException e) {
            return Passed.NOT_ASKED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Passed.NOT_ASKED;
        }
    }

    private boolean reached(Map<TopicPartition, Long> ends, Set<TopicPartition> wanted, long deadline,
            boolean commands) {
        for (var partition : wanted) {
            var place = commands ? types.commandPlace(partition) : types.statePlace(partition);
            if (!place.await(ends.getOrDefault(partition, 0L), deadline)) {
                return false;
            }
        }
        return true;
    }

    private Reading.Found found(Located located, boolean asOf) {
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

    private static boolean expiresSoon(Job job) {
        var expires = job.times().expiresAt();
        return expires != null && expires.isBefore(Instant.now().plus(LASTING));
    }

    private static long deadline(Duration limit) {
        return System.nanoTime() + limit.toNanos();
    }

    private static Located orElse(@Nullable Located now, Located before) {
        return now == null ? before : now;
    }

    private TypeView orThrow(@Nullable TypeView type) {
        if (type == null) {
            throw new IllegalStateException("a task type was retired while its job was asked for");
        }
        return type;
    }

    @Override
    public void close() {
        served.close();
        types.close();
        writer.close();
        reader.close();
        admin.close(Duration.ofSeconds(1));
    }
}
