package dev.outboard.connectors.duckdb;

import dev.outboard.spi.PollResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The jobs of this process: those that wait or run, and for a while those that have ended. Safe for many threads. */
final class Jobs implements AutoCloseable {
    /** Waiting and running jobs. */
    static final int MAX_LIVE = 64;
    /** Ended jobs are forgotten beyond this many, or after {@link #REMEMBERED}. */
    static final int MAX_ENDED = 10_000;
    static final Duration REMEMBERED = Duration.ofHours(1);

    private static final System.Logger LOG = System.getLogger(Jobs.class.getName());
    private static final long STOP_AGAIN_MS = 50;

    private record Live(Job job, String jobId) {}

    private record Ended(PollResult result, Instant at) {}

    private final Clock clock;
    private final Duration timeout;
    private final ThreadPoolExecutor queries;
    private final ScheduledThreadPoolExecutor watch;

    // guarded by this
    private final Map<String, Live> live = new HashMap<>();
    private final Map<String, Ended> ended = new LinkedHashMap<>();
    private final Map<String, Future<?>> timers = new HashMap<>();
    private final Set<Job> stopping = new HashSet<>();
    private boolean closed;

    Jobs(int threads, Duration timeout, Clock clock) {
        this.clock = clock;
        this.timeout = timeout;
        // platform threads: see package-info; bounded by MAX_LIVE, and its capacity says so once more
        queries = new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MAX_LIVE),
                Thread.ofPlatform().daemon().name("duckdb-query-", 0).factory());
        watch = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().name("duckdb-watch-", 0).factory());
        watch.setRemoveOnCancelPolicy(true);
    }

    enum Added {
        NEW, KNOWN, FULL
    }

    /** Starts the query, unless its key is known here or there are too many. */
    synchronized Added add(String key, String jobId, Job.QueryRun query) {
        if (closed) {
            throw new IllegalStateException("the DuckDB connector is closed");
        }
        forget();
        if (live.containsKey(key) || ended.containsKey(key)) {
            return Added.KNOWN;
        }
        if (live.size() >= MAX_LIVE) {
            return Added.FULL;
        }
        Job job = new Job(key, query, clock, timeout, this::started, this::finished);
        live.put(key, new Live(job, jobId));
        queries.execute(job);
        return Added.NEW;
    }

    /** Sees to it that no query ever starts under this key. False if one did already. */
    synchronized boolean occupy(String key) {
        forget();
        if (live.containsKey(key) || ended.containsKey(key)) {
            return false;
        }
        remember(key, new PollResult.Cancelled());
        return true;
    }

    PollResult poll(String key) {
        Optional<Job> job;
        synchronized (this) {
            Ended end = ended.get(key);
            if (end != null) {
                return end.result();
            }
            job = Optional.ofNullable(live.get(key)).map(Live::job);
        }
        return job.map(Job::poll).orElseGet(PollResult.Gone::new);
    }

    /** Stops the query; says what it is now. */
    PollResult stop(String key) {
        Job job;
        synchronized (this) {
            Live found = live.get(key);
            if (found == null) {
                return poll(key);
            }
            job = found.job();
        }
        stop(job, Job.Stop.CANCEL);
        return job.poll();
    }

    private void stop(Job job, Job.Stop why) {
        if (job.stop(why)) {
            return;
        }
        synchronized (this) {
            if (live.containsKey(job.key()) && stopping.add(job)) {
                stopAgain(job, why);
            }
        }
    }

    private void stopAgain(Job job, Job.Stop why) {
        watch.schedule(() -> {
            if (!job.stop(why)) {
                stopAgain(job, why);
            }
        }, STOP_AGAIN_MS, TimeUnit.MILLISECONDS);
    }

    private synchronized void started(Job job) {
        if (!closed) {
            timers.put(job.key(), watch.schedule(() -> stop(job, Job.Stop.TIMEOUT), timeout.toNanos(),
                    TimeUnit.NANOSECONDS));
        }
    }

    private synchronized void finished(Job job) {
        queries.remove(job);
        Future<?> timer = timers.remove(job.key());
        if (timer != null) {
            timer.cancel(false);
        }
        live.remove(job.key());
        stopping.remove(job);
        remember(job.key(), job.poll());
    }

    private void remember(String key, PollResult result) {
        ended.put(key, new Ended(result, clock.instant()));
        forget();
    }

    private void forget() {
        Instant limit = clock.instant().minus(REMEMBERED);
        var oldest = ended.values().iterator();
        while (oldest.hasNext() && (oldest.next().at().isBefore(limit) || ended.size() > MAX_ENDED)) {
            oldest.remove();
        }
    }

    @Override
    public void close() throws InterruptedException {
        Map<String, Live> running;
        synchronized (this) {
            closed = true;
            running = Map.copyOf(live);
        }
        running.values().forEach(each -> stop(each.job(), Job.Stop.CANCEL));
        queries.shutdown();
        boolean all = queries.awaitTermination(4, TimeUnit.SECONDS);
        watch.shutdownNow();
        if (!all || !watch.awaitTermination(500, TimeUnit.MILLISECONDS)) {
            synchronized (this) {
                live.values()
                        .forEach(each -> LOG.log(System.Logger.Level.WARNING,
                                "job {0}: its query does not heed the interrupt and ends with this process",
                                each.jobId()));
            }
        }
    }
}
