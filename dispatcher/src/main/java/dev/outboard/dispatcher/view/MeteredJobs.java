package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Times what callers ask of other jobs, by what they were told; and is the same to them in every other way. */
public final class MeteredJobs implements Jobs {
    private static final Duration[] TIMES = {Duration.ofMillis(1), Duration.ofMillis(5), Duration.ofMillis(10),
            Duration.ofMillis(25), Duration.ofMillis(50), Duration.ofMillis(100), Duration.ofMillis(250),
            Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5)};

    private record Key(String taskType, String outcome) {}

    private final Jobs jobs;
    private final MeterRegistry registry;
    private final Map<Key, Timer> creates = new ConcurrentHashMap<>();
    private final Map<String, Timer> reads = new ConcurrentHashMap<>();
    private final Map<String, Timer> cancels = new ConcurrentHashMap<>();

    /** The jobs are closed with this. */
    public MeteredJobs(Jobs jobs, MeterRegistry registry) {
        this.jobs = jobs;
        this.registry = registry;
        List.of("found", "as_of", "unknown", "behind").forEach(this::readTimer);
        List.of("owed", "ended", "unknown", "behind", "unavailable", "outcome_unknown").forEach(this::cancelTimer);
    }

    @Override
    public Creation create(NewJob job) throws LogUnavailable, OutcomeUnknown {
        long began = System.nanoTime();
        try {
            var creation = jobs.create(job);
            created(job, began, switch (creation) {
                case Creation.Accepted _ -> "accepted";
                case Creation.Replayed _ -> "replayed";
                case Creation.Conflict _ -> "conflict";
                case Creation.Refused _ -> "refused";
            });
            return creation;
        } catch (LogUnavailable e) {
            created(job, began, "unavailable");
            throw e;
        } catch (OutcomeUnknown e) {
            created(job, began, "unknown");
            throw e;
        }
    }

    private void created(NewJob job, long began, String outcome) {
        creates.computeIfAbsent(new Key(job.taskType(), outcome), key -> timer("outboard.api.create",
                "Time of creates, by what the caller was told",
                Tags.of("task_type", key.taskType(), "outcome", key.outcome())))
                .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    @Override
    public Reading read(JobId id, @Nullable Position position) {
        long began = System.nanoTime();
        var reading = jobs.read(id, position);
        readTimer(switch (reading) {
            case Reading.Found found when asOf(found) -> "as_of";
            case Reading.Found _ -> "found";
            case Reading.Unknown _ -> "unknown";
            case Reading.Behind _ -> "behind";
        }).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        return reading;
    }

    private static boolean asOf(Reading.Found found) {
        var conditions = found.conditions();
        // the reader adds it last
        return !conditions.isEmpty() && conditions.getLast().type() == Condition.Type.AS_OF;
    }

    private Timer readTimer(String outcome) {
        return reads.computeIfAbsent(outcome, it -> timer("outboard.api.read",
                "Time of reads of one job, by what the caller was told", Tags.of("outcome", it)));
    }

    @Override
    public Cancellation cancel(JobId id, String by, String reason) throws LogUnavailable, OutcomeUnknown {
        long began = System.nanoTime();
        try {
            var cancellation = jobs.cancel(id, by, reason);
            cancelled(began, switch (cancellation) {
                case Cancellation.Owed _ -> "owed";
                case Cancellation.Ended _ -> "ended";
                case Cancellation.Unknown _ -> "unknown";
                case Cancellation.Behind _ -> "behind";
            });
            return cancellation;
        } catch (LogUnavailable e) {
            cancelled(began, "unavailable");
            throw e;
        } catch (OutcomeUnknown e) {
            cancelled(began, "outcome_unknown");
            throw e;
        }
    }

    private void cancelled(long began, String outcome) {
        cancelTimer(outcome).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }

    private Timer cancelTimer(String outcome) {
        return cancels.computeIfAbsent(outcome, it -> timer("outboard.api.cancel",
                "Time of cancels, by what the caller was told", Tags.of("outcome", it)));
    }

    @Override
    public Resolution resolve(JobId id, @Nullable Integer attempt, Verdict verdict, String by)
            throws LogUnavailable, OutcomeUnknown {
        return jobs.resolve(id, attempt, verdict, by);
    }

    private Timer timer(String name, String description, Tags tags) {
        return Timer.builder(name).description(description).tags(tags).serviceLevelObjectives(TIMES).register(registry);
    }

    @Override
    public boolean ready() {
        return jobs.ready();
    }

    @Override
    public String waitingFor() {
        return jobs.waitingFor();
    }

    @Override
    public List<TaskType> taskTypes() {
        return jobs.taskTypes();
    }

    @Override
    public JobPage list(JobFilter filter, @Nullable Cursor after, int limit) throws LogUnavailable {
        return jobs.list(filter, after, limit);
    }

    @Override
    public Watch watch(JobId id) {
        return jobs.watch(id);
    }

    @Override
    public Optional<Bytes> spec(Reading.Found found) throws LogUnavailable {
        return jobs.spec(found);
    }

    @Override
    public List<Letter> deadLetters(@Nullable String taskType, int limit) throws LogUnavailable {
        return jobs.deadLetters(taskType, limit);
    }

    @Override
    public Optional<Letter.Opened> deadLetter(String place) throws LogUnavailable {
        return jobs.deadLetter(place);
    }

    @Override
    public Replay replay(String place) throws LogUnavailable, OutcomeUnknown {
        return jobs.replay(place);
    }

    @Override
    public void close() {
        jobs.close();
    }
}
