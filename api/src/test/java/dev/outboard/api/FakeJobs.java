package dev.outboard.api;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Attempt;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Cancel;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.view.Cancellation;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.Cursor;
import dev.outboard.dispatcher.view.JobFilter;
import dev.outboard.dispatcher.view.JobPage;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.Letter;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.view.OutcomeUnknown;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.view.Replay;
import dev.outboard.dispatcher.view.Resolution;
import dev.outboard.dispatcher.view.TaskType;
import dev.outboard.dispatcher.view.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;

/** Jobs in memory; nothing ever happens to them but what a test does. */
public final class FakeJobs implements Jobs {
    public static final Instant NOW = Instant.parse("2026-11-20T08:00:00Z");
    public final Map<JobId, Job> jobs = new ConcurrentHashMap<>();
    public final List<Condition> conditions = new CopyOnWriteArrayList<>();
    public final List<TaskType> types = new ArrayList<>();
    public volatile boolean ready = true;
    /** What each call fails with: LogUnavailable, OutcomeUnknown, Behind, Refused, bug; or null. */
    public volatile String failure;
    public volatile NewJob last;
    public volatile Position asked;
    public volatile Cancel lastCancel;
    public volatile Verdict lastVerdict;
    public volatile String lastVerdictBy;
    /** Newest first. */
    public final List<Letter.Opened> letters = new CopyOnWriteArrayList<>();
    /** Where set, creates wait for it. */
    public volatile CountDownLatch hold;
    public final CountDownLatch held = new CountDownLatch(1);
    public volatile JobFilter listed;
    /** How many reads there were. */
    public final LongAdder reads = new LongAdder();
    /** How many of them while nobody watched. */
    public final LongAdder unwatchedReads = new LongAdder();
    /** Who watches now. */
    private final Set<FakeWatch> watches = ConcurrentHashMap.newKeySet();
    private final Map<JobId, NewJob> specs = new ConcurrentHashMap<>();

    public FakeJobs(String... typeNames) {
        for (var name : typeNames) {
            types.add(
                    new TaskType(name, new TreeSet<>(List.of(0)), name + "-connector", "1.2", Guarantee.NONE, 8, true));
        }
    }

    @Override
    public boolean ready() {
        return ready;
    }

    @Override
    public String waitingFor() {
        return "Kafka at localhost:9092";
    }

    @Override
    public List<TaskType> taskTypes() {
        return types;
    }

    @Override
    public Creation create(NewJob job) throws LogUnavailable, OutcomeUnknown {
        var id = job.key() == null
                ? Identity.random(new Random())
                : Identity.keyed("test", job.tenant(), job.taskType(), job.key());
        fail(id);
        if (hold != null) {
            held.countDown();
            try {
                hold.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        if ("Refused".equals(failure)) {
            return new Creation.Refused("10000 creates lie untaken");
        }
        last = job;
        var before = specs.putIfAbsent(id, job);
        if (before != null) {
            return before.fingerprint().equals(job.fingerprint())
                    ? new Creation.Replayed(found(id))
                    : new Creation.Conflict(id);
        }
        var accepted = new Accepted(job.taskType(), job.taskTypeVersion(), job.tenant(), job.name(), job.labels(),
                job.fingerprint(), job.maxAttempts(), job.timeout(), NOW);
        jobs.put(id, new Job(id, 17, 1, accepted, State.QUEUED, null,
                new Attempt(1, 0, 0, null, null, null, false, List.of(), null, null), List.of(), null, null, null, null,
                Times.accepted(NOW)));
        return new Creation.Accepted(found(id));
    }

    @Override
    public Reading read(JobId id, Position position) {
        asked = position;
        reads.increment();
        if (watches.isEmpty()) {
            unwatchedReads.increment();
        }
        if ("Behind".equals(failure)) {
            return new Reading.Behind("partition 3 is at 5 of 9");
        }
        if ("bug".equals(failure)) {
            throw new IllegalStateException("secret-in-a-message");
        }
        return jobs.containsKey(id) ? found(id) : new Reading.Unknown();
    }

    @Override
    public Cancellation cancel(JobId id, String by, String reason) throws LogUnavailable, OutcomeUnknown {
        fail(id);
        if ("CancelBehind".equals(failure)) {
            return new Cancellation.Behind("partition 3 is at 5 of 9");
        }
        if (!jobs.containsKey(id)) {
            return new Cancellation.Unknown();
        }
        lastCancel = new Cancel(by, NOW, reason, null);
        return jobs.get(id).state().terminal() ? new Cancellation.Ended(found(id)) : new Cancellation.Owed(found(id));
    }

    @Override
    public Resolution resolve(JobId id, Integer attempt, Verdict verdict, String by)
            throws LogUnavailable, OutcomeUnknown {
        fail(id);
        if ("ResolveBehind".equals(failure)) {
            return new Resolution.Behind("partition 3 is at 5 of 9");
        }
        if (!jobs.containsKey(id)) {
            return new Resolution.Unknown();
        }
        if (!verdict.fits(jobs.get(id)) || attempt != null && attempt != jobs.get(id).attempt().number()) {
            return new Resolution.Unfit(found(id));
        }
        lastVerdict = verdict;
        lastVerdictBy = by;
        return new Resolution.Taken(found(id));
    }

    @Override
    public JobPage list(JobFilter filter, Cursor after, int limit) {
        listed = filter;
        var all = jobs.values()
                .stream()
                .filter(job -> filter.states().isEmpty() || filter.states().contains(job.state()))
                .map(job -> new Cursor(job.accepted().at(), job.id()))
                .sorted()
                .filter(place -> after == null || place.compareTo(after) > 0)
                .toList();
        var page = all.stream().limit(limit).map(place -> found(place.id())).toList();
        return new JobPage(page, all.size() <= limit ? null : all.get(limit - 1));
    }

    @Override
    public Watch watch(JobId id) {
        var watch = new FakeWatch(id);
        watches.add(watch);
        return watch;
    }

    private final class FakeWatch implements Watch {
        private final JobId id;
        private final Semaphore changes = new Semaphore(0);

        private FakeWatch(JobId id) {
            this.id = id;
        }

        @Override
        public boolean await(Duration limit) throws InterruptedException {
            boolean changed = changes.tryAcquire(limit.toNanos(), TimeUnit.NANOSECONDS);
            changes.drainPermits();
            return changed && watches.contains(this);
        }

        @Override
        public void close() {
            watches.remove(this);
            changes.release();
        }
    }

    @Override
    public Optional<Bytes> spec(Reading.Found found) throws LogUnavailable {
        if ("SpecUnavailable".equals(failure)) {
            throw new LogUnavailable("down", new IllegalStateException("down"));
        }
        return Optional.ofNullable(specs.get(found.job().id())).map(NewJob::spec);
    }

    @Override
    public List<Letter> deadLetters(String taskType, int limit) throws LogUnavailable {
        away();
        return letters.stream()
                .map(Letter.Opened::letter)
                .filter(letter -> taskType == null || taskType.equals(letter.taskType()))
                .limit(limit)
                .toList();
    }

    @Override
    public Optional<Letter.Opened> deadLetter(String place) throws LogUnavailable {
        away();
        return letters.stream().filter(opened -> opened.letter().place().equals(place)).findFirst();
    }

    @Override
    public Replay replay(String place) throws LogUnavailable, OutcomeUnknown {
        fail(new JobId(0, 0));
        if ("ReplayBehind".equals(failure)) {
            return new Replay.Behind("partition 3 is at 5 of 9");
        }
        var opened = deadLetter(place).orElse(null);
        if (opened == null) {
            return new Replay.Unknown();
        }
        if (opened.command() == null) {
            return new Replay.Unreadable(opened.unreadable());
        }
        var id = opened.command().id();
        return jobs.get(id).state() == State.FAILED ? new Replay.Taken(found(id)) : new Replay.Unfit(found(id));
    }

    @Override
    public void close() {}

    /** Lets something happen to a job. */
    public void change(String id, UnaryOperator<Job> change) {
        jobs.computeIfPresent(JobId.parse(id).orElseThrow(), (same, job) -> change.apply(job));
        changed(id);
    }

    /** As if its time were up. */
    public void forget(String id) {
        jobs.remove(JobId.parse(id).orElseThrow());
        changed(id);
    }

    private void changed(String id) {
        watches.stream().filter(watch -> watch.id.toString().equals(id)).forEach(watch -> watch.changes.release());
    }

    /** Makes the next record of a job: in this state. */
    public void move(String id, State state) {
        change(id, job -> new Job(job.id(), job.incarnation(), job.rev() + 1, job.accepted(), state, job.message(),
                job.attempt(), job.conditions(), job.due(), job.cancel(), job.error(), job.outputs(), job.times()));
    }

    /** How many watch now. */
    public int watching() {
        return watches.size();
    }

    private void away() throws LogUnavailable {
        if ("LogUnavailable".equals(failure)) {
            throw new LogUnavailable("no broker at 10.0.0.1", new IllegalStateException("down"));
        }
    }

    /** As a worker would write them: its create first, then a state record for each transition. */
    private Reading.Found found(JobId id) {
        var job = jobs.get(id);
        var position = job.rev() == 1
                ? new Position(Position.Log.COMMANDS, 3, 17)
                : new Position(Position.Log.STATE, 3, job.rev());
        return new Reading.Found(job, position, List.copyOf(conditions));
    }

    private void fail(JobId id) throws LogUnavailable, OutcomeUnknown {
        away();
        if ("OutcomeUnknown".equals(failure)) {
            throw new OutcomeUnknown(id, "no ack in 2 s");
        }
        if ("bug".equals(failure)) {
            throw new IllegalStateException("secret-in-a-message");
        }
    }
}
