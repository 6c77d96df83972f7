package dev.outboard.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client of Outboard's jobs REST door. Safe for many threads; keep one and close it at the end.
 *
 * <p>
 * Every call blocks. Every call may be repeated by this class: while the server cannot be reached, its answer is lost or it
 * asks for patience (429, 502, 503, 504), for as long as the client's <i>patience</i>, with growing pauses or the server's
 * Retry-After. Until a connection was made once, five seconds are enough. One exchange takes 15 s at most.
 *
 * <p>
 * Calls throw {@link OutboardException} in one of its kinds; {@link InterruptedException} where their thread is
 * interrupted, whereupon a create or cancel may have been received; {@link IllegalArgumentException} for what cannot be
 * the id of a job.
 */
public final class OutboardClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String KEY = "[!-~]{1,255}";

    private final Exchange exchange;
    private final Calls calls;
    private final Patience patience;
    private final Set<Watch> watches = ConcurrentHashMap.newKeySet();

    private OutboardClient(Builder builder) {
        exchange = new Exchange(builder.server, builder.token);
        calls = new Calls(exchange);
        patience = new Patience(builder.patience, builder.outages);
    }

    /** A client without a token, with a patience of 30 s. */
    public static OutboardClient create(URI server) {
        return builder(server).build();
    }

    /**
     * @param server http or https, with or without a path in front of {@code /api}
     * @throws IllegalArgumentException if it is no such address
     */
    public static Builder builder(URI server) {
        return new Builder(server);
    }

    /** Hands a job over under a key of its own, so that repeats make one job. */
    public Created create(JobRequest job) throws InterruptedException {
        return create(job, UUID.randomUUID().toString());
    }

    /**
     * Hands a job over. The same request with the same key makes one job, however often it is made and by whom, for as long
     * as the server remembers it; another request with the same key is refused (422, {@code idempotency-conflict}). After
     * {@link OutboardException.NoAnswer}, or where it is refused with 503, the job may exist: the same call tells.
     *
     * @param key 1 to 255 visible ASCII characters
     * @throws IllegalArgumentException if the key is not so
     */
    public Created create(JobRequest job, String key) throws InterruptedException {
        if (!key.matches(KEY)) {
            throw new IllegalArgumentException("an idempotency key is 1 to 255 visible ASCII characters");
        }
        var body = job.body();
        return patience.call(() -> calls.create(body, key));
    }

    /** The job as it is now: no older than what any earlier answer showed. */
    public Job get(String id) throws InterruptedException {
        return patience.call(() -> calls.get(id, null));
    }

    /**
     * The job as it is after a {@linkplain Job#position position}, such as that of the answer to a cancel. Not repeated
     * where the server has not come so far: refused then (503, {@code not-ready}).
     */
    public Job get(String id, String position) throws InterruptedException {
        return calls.get(id, position);
    }

    /**
     * The jobs of a filter, newest first; further pages are asked for as they are needed. A list shows what the server has
     * read, which may lack what is a moment old; what changes meanwhile may be missing or shown as it was. The stream is of
     * one use, and where its thread is interrupted throws {@link OutboardException.NoAnswer} and leaves the thread's mark.
     */
    public Stream<Job> list(JobFilter filter) {
        return Pages.of(token -> page(filter, token));
    }

    /**
     * One page.
     *
     * @param pageToken that an earlier page of the same filter told, or null for the first
     */
    public JobPage page(JobFilter filter, @Nullable String pageToken) throws InterruptedException {
        var asked = pageToken == null ? filter : filter.pageToken(pageToken);
        return patience.call(() -> calls.page(asked));
    }

    /**
     * Waits for the end of a job, by polls that the server holds back (or paced ones where it does not).
     *
     * @param limit how long to wait; a server that hangs may take two seconds more
     * @return the job as it ended, however it ended
     * @throws OutboardException.TimedOut if it has not ended by then
     */
    public Job await(String id, Duration limit) throws InterruptedException {
        return new LongPoll(calls, patience).follow(id, null, Deadline.in(limit), _ -> {
        });
    }

    /**
     * Watches a job from a thread of its own: tells it as it is, then each change as it comes, conflated to the latest where
     * they come fast, and nothing twice. A lost connection is taken up where it was; an outage is waited for as long as
     * the client's patience.
     *
     * @param listener called by one thread, one call at a time; where it throws, the watch ends with that
     * @return to learn of the end, and to stop watching
     */
    public Watch watch(String id, Consumer<Job> listener) {
        var feed = new EventFeed(calls, patience, id, listener);
        var watch = Watch.start(id, feed::follow, watches::remove);
        watches.add(watch);
        if (watch.end().isDone()) {
            watches.remove(watch);
        }
        return watch;
    }

    /**
     * Asks for a job to be stopped, which is then owed however long it takes; asking twice is asking once.
     *
     * @param reason kept with the job, or null
     * @return the job, {@code CANCELLING}, as it ended before, or as it was where no worker has taken the cancel yet
     */
    public Job cancel(String id, @Nullable String reason) throws InterruptedException {
        return patience.call(() -> calls.cancel(id, reason));
    }

    /**
     * Ends the doubt about a job whose outcome cannot be learnt. Refused (409) where the verdict does not fit the job, or
     * the job is in another attempt by now.
     *
     * @param job as it was seen when the verdict was made
     * @return the job as it was; what came of it is read at its {@linkplain Job#position position}
     */
    public Job resolve(Job job, Verdict verdict) throws InterruptedException {
        return patience.call(() -> calls.resolve(job, verdict));
    }

    /**
     * Commands that could not be taken, the newest first.
     *
     * @param taskType or null for all
     * @param limit 1 to 500
     */
    public List<DeadLetter> deadLetters(@Nullable String taskType, int limit) throws InterruptedException {
        return patience.call(() -> calls.deadLetters(taskType, limit));
    }

    /**
     * One of them, with what may be told of its inside.
     *
     * @param value whether to show the bytes of a command that the server cannot decode
     * @throws IllegalArgumentException for what cannot be the position of one
     */
    public DeadLetter deadLetter(String position, boolean value) throws InterruptedException {
        return patience.call(() -> calls.deadLetter(position, value));
    }

    /**
     * Has a dead letter's command taken again. Refused (409) where the server still cannot take it, or its job has no use
     * for it any more: also where this was asked before.
     *
     * @return the job as it was; what came of it is read at its {@linkplain Job#position position}
     * @throws IllegalArgumentException for what cannot be the position of one
     */
    public Job replay(String position) throws InterruptedException {
        return patience.call(() -> calls.replay(position));
    }

    /** What can be handed over, and whether a worker serves it now. */
    public List<TaskType> taskTypes() throws InterruptedException {
        return patience.call(calls::taskTypes);
    }

    /** Ends all watches and connections; waits up to five seconds for the latter. Calls that are under way fail. */
    @Override
    public void close() {
        List.copyOf(watches).forEach(Watch::close);
        exchange.close();
    }

    /** What a client is made of. Not safe for threads. */
    public static final class Builder {
        private final URI server;
        private Supplier<? extends @Nullable String> token = () -> null;
        private Duration patience = PATIENCE;
        private Consumer<String> outages = _ -> {
        };

        private Builder(URI server) {
            var scheme = Objects.requireNonNullElse(server.getScheme(), "");
            if (server.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))
                    || server.getQuery() != null || server.getFragment() != null) {
                throw new IllegalArgumentException("'" + server + "' is not the address of a server");
            }
            this.server = server;
        }

        /**
         * @param supplier asked for each request, by the thread that makes it: a bearer token of visible ASCII, or null or
         *            empty for none
         */
        public Builder token(Supplier<? extends @Nullable String> supplier) {
            token = supplier;
            return this;
        }

        /**
         * @param limit how long one call may go on trying, zero to make each once; beyond the exchange that is under way
         */
        public Builder patience(Duration limit) {
            patience = limit;
            return this;
        }

        /**
         * @param teller told one line for a person when an outage begins and one when it ends, by any thread
         */
        public Builder outages(Consumer<String> teller) {
            outages = teller;
            return this;
        }

        public OutboardClient build() {
            return new OutboardClient(this);
        }
    }
}
