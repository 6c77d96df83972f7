package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Lifecycle;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.log.Clients;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.RecordReader;
import dev.outboard.dispatcher.view.Known.Seen;
import dev.outboard.dispatcher.view.Position.Log;
import dev.outboard.dispatcher.wire.Commands;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** {@link Jobs} over Kafka: everything in memory that the logs tell, and the barrier that keeps answers honest. */
public final class KafkaJobs implements Jobs {
    private final Backlog backlog;
    private final Admin admin;
    private final Types types;
    private final ServedTypes served;
    private final CommandWriter writer;
    private final SecureRandom random = new SecureRandom();
    private final Watches watches = new Watches();
    private final Reader reader;
    private final KeyedCreate keyed;
    private final Lister lister;
    private final Specs specs;
    private final Letters letters;
    private final Orders orders;

    /** With the limits that fit this process's heap. */
    public KafkaJobs(LogConfig config, MeterRegistry registry) {
        this(config, ViewLimits.ofHeap(), registry);
    }

    /**
     * Begins to follow the logs; returns at once, also while Kafka is away.
     *
     * @param registry takes the view's meters
     */
    public KafkaJobs(LogConfig config, ViewLimits limits, MeterRegistry registry) {
        this(config, limits, registry, _ -> true);
    }

    /**
     * The same over some task types alone: no other is known to it, and no other's logs are read.
     *
     * @param wanted asked with names of task types
     */
    public KafkaJobs(LogConfig config, ViewLimits limits, MeterRegistry registry, Predicate<String> wanted) {
        var memory = new Memory(limits);
        backlog = new Backlog(limits.untaken(), memory::full, config.retention().dividedBy(2), Instant::now);
        var clients = new Clients(config);
        admin = clients.admin();
        var meters = new ViewMeters(registry, this::served);
        var records = new RecordReader(clients);
        types = new Types(config, clients, admin, watches, memory, new Recall(records), meters, wanted);
        served = new ServedTypes(admin, types::all);
        writer = new CommandWriter(clients);
        var barrier = new Barrier(admin, meters.barrierRounds);
        reader = new Reader(types, barrier, served, meters);
        keyed = new KeyedCreate(types, reader, new Wholeness(types, barrier));
        lister = new Lister(located -> reader.found(located, false));
        specs = new Specs(records);
        letters = new Letters(clients, config.names().deadLetters());
        orders = new Orders(id -> reader.read(id, null), types, writer);
        meters.whole(types, watches, memory);
    }

    private boolean served(String taskType) {
        return served.served(taskType);
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
        var type = types.known(job.taskType());
        var full = backlog.full(type);
        if (full != null) {
            return new Creation.Refused(full);
        }
        var id = job.key() == null
                ? Identity.random(random)
                : Identity.keyed(types.installation(), job.tenant(), job.taskType(), job.key());
        var accepted = new Accepted(job.taskType(), job.taskTypeVersion(), job.tenant(), job.name(), job.labels(),
                job.fingerprint(), job.maxAttempts(), job.timeout(), Instant.EPOCH);
        var place = type.commands(id);
        var written = writer.write(place, id, Commands.create(accepted, job.spec(), null));
        var create = new Input.Create(id, accepted.acceptedAt(Instant.ofEpochMilli(written.timestamp())),
                written.offset(), null);
        var position = new Position(Log.COMMANDS, place.partition(), written.offset());
        var own = new Located(type, new Seen(Lifecycle.queued(create), position));
        return job.key() == null ? new Creation.Accepted(reader.found(own, false)) : keyed.decided(own);
    }

    @Override
    public Reading read(JobId id, @Nullable Position at) {
        return reader.read(id, at);
    }

    @Override
    public JobPage list(JobFilter filter, @Nullable Cursor after, int limit) throws LogUnavailable {
        try {
            return lister.page(types.all(), filter, after, limit);
        } catch (LogFailure e) {
            throw new LogUnavailable("ended jobs could not be read back", e);
        }
    }

    @Override
    public Watch watch(JobId id) {
        return watches.watch(id);
    }

    @Override
    public Cancellation cancel(JobId id, String by, String reason) throws LogUnavailable, OutcomeUnknown {
        return orders.cancel(id, by, reason);
    }

    @Override
    public Resolution resolve(JobId id, @Nullable Integer attempt, Verdict verdict, String by)
            throws LogUnavailable, OutcomeUnknown {
        return orders.resolve(id, attempt, verdict, by);
    }

    @Override
    public Replay replay(String place) throws LogUnavailable, OutcomeUnknown {
        var letter = letters.at(place);
        return letter.isPresent() ? orders.replay(letter.get()) : new Replay.Unknown();
    }

    /**
     * This installation's name.
     *
     * @throws IllegalStateException before it is {@link #ready}
     */
    public String installation() {
        return types.installation();
    }

    /**
     * Every job of a task type that has not ended: none is missing that was so when this was called, and none is older than
     * the logs were then. Waits until both logs have been read to where they end now, which takes as long as a transaction
     * stays open there that its worker left behind.
     *
     * @throws TimeoutException if that takes longer than {@code limit}, or Kafka does not say where they end
     * @throws IllegalArgumentException if the task type is not known
     */
    public List<Job> live(String taskType, Duration limit) throws TimeoutException, InterruptedException {
        return types.known(taskType).live(admin, limit);
    }

    @Override
    public Optional<Bytes> spec(Reading.Found found) throws LogUnavailable {
        return specs.of(types.known(found.job().accepted().taskType()), found.job());
    }

    @Override
    public List<Letter> deadLetters(@Nullable String taskType, int limit) throws LogUnavailable {
        return letters.newest(taskType, limit);
    }

    @Override
    public Optional<Letter.Opened> deadLetter(String place) throws LogUnavailable {
        return letters.at(place);
    }

    @Override
    public void close() {
        served.close();
        types.close();
        writer.close();
        specs.close();
        admin.close(Duration.ofSeconds(1));
    }
}
