package dev.outboard.testkit.snowflake;

import dev.outboard.testkit.sim.Entry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All statements that were ever submitted. Safe for many threads. */
final class Book implements AutoCloseable {
    /** What our connector writes into the query tag: {@code outboard:<installation>:<key>:…}. */
    static final Pattern OURS = Pattern.compile("outboard:[^:]*:([^:]+):.*", Pattern.DOTALL);
    private static final int CONCURRENCY = 8;

    private final Clock clock;
    private final Engine engine;
    private final Map<String, Statement> statements = new LinkedHashMap<>();
    private final ExecutorService warehouse = Executors.newFixedThreadPool(CONCURRENCY, threads());
    private final ExecutorService services = Executors.newCachedThreadPool(threads());
    private Pace pace = Pace.NONE;
    private boolean held;
    private Duration lag = Duration.ZERO;
    private Instant lagsFrom = Instant.MIN;
    private @Nullable String unheardOf;

    Book(Clock clock) {
        this.clock = clock;
        this.engine = new Engine(clock, this::history);
    }

    private static ThreadFactory threads() {
        // native calls would pin the carriers of virtual threads
        var count = new AtomicInteger();
        return task -> Thread.ofPlatform()
                .daemon()
                .name("snowflake-simulator-" + count.incrementAndGet())
                .unstarted(task);
    }

    synchronized void pace(Pace pace) {
        this.pace = pace;
    }

    synchronized void hold() {
        held = true;
    }

    synchronized void release() {
        held = false;
        unheardOf = null;
        statements.values().forEach(Statement::release);
        statements.values().forEach(this::touch);
    }

    synchronized void lag(Duration lag) {
        this.lag = lag;
        this.lagsFrom = clock.instant();
    }

    synchronized void unheardOf(String status) {
        unheardOf = status;
    }

    synchronized @Nullable String unheardOf() {
        return unheardOf;
    }

    /**
     * @param resubmitted true for {@code retry=true}: a statement of this request id that has succeeded is given back. One
     *     that still runs or has failed is not: the vendor promises no more
     */
    synchronized Statement submit(Order order, boolean resubmitted, boolean inline) {
        var now = clock.instant();
        if (resubmitted) {
            for (var known : statements.values()) {
                if (known.order().requestId().equals(order.requestId()) && touch(known).succeeded(now)) {
                    return known;
                }
            }
        }
        var statement = new Statement(handle(statements.size() + 1), order, inline ? Pace.NONE : pace, now,
                held && !inline);
        statements.put(statement.handle(), statement);
        return touch(statement, inline ? services : warehouse);
    }

    private static String handle(int number) {
        return "01c0ffee-0000-%04x-0000-%012x".formatted(number >>> 16 & 0xffff, 0x2ab000000000L + number);
    }

    synchronized @Nullable Statement find(String handle) {
        var statement = statements.get(handle);
        return statement == null ? null : touch(statement);
    }

    /** False if there is no such statement, or it has ended. */
    synchronized boolean cancel(String handle) {
        var statement = find(handle);
        return statement != null && statement.cancel(clock.instant());
    }

    /** What it came to, or null while it has not ended. */
    synchronized Engine.@Nullable Outcome outcome(Statement statement) {
        return touch(statement).outcome(clock.instant());
    }

    private Statement touch(Statement statement) {
        return touch(statement, warehouse);
    }

    private Statement touch(Statement statement, ExecutorService where) {
        var now = clock.instant();
        if (statement.overdue(now)) {
            statement.stop(SqlFault.timedOut(statement.order().timeout().toSeconds()), now);
        } else if (statement.starts(now)) {
            where.execute(() -> {
                var outcome = engine.run(statement.order(), statement.run());
                synchronized (this) {
                    statement.came(outcome, clock.instant());
                    notifyAll();
                }
            });
        }
        return statement;
    }

    /** Waits until it has ended, at most this long. */
    synchronized void await(Statement statement, Duration most) throws InterruptedException {
        long until = System.nanoTime() + most.toNanos();
        while (statement.ended(clock.instant()) == null && System.nanoTime() < until) {
            wait(Math.max(1, Math.min(50, (until - System.nanoTime()) / 1_000_000)));
        }
    }

    /** All that was submitted as a job: neither looks into the history nor plans. */
    synchronized List<Entry> ledger() {
        var now = clock.instant();
        return statements.values()
                .stream()
                .filter(each -> !each.order().history() && !each.order().explain())
                .map(
                        each -> new Entry(each.handle(), key(each.order().tag()), each.createdAt(),
                                touch(each).ended(now) == null, each.cancels()))
                .toList();
    }

    private static String key(@Nullable String tag) {
        var ours = OURS.matcher(tag == null ? "" : tag);
        return ours.matches() ? ours.group(1) : "";
    }

    private synchronized List<History.Row> history(HistoryCall call) {
        var now = clock.instant();
        var rows = new ArrayList<History.Row>();
        for (var statement : statements.values()) {
            var session = statement.order().session();
            if (shown(statement.createdAt(), now) && (call.user() == null || call.user().equals(session.user()))
                    && (call.warehouse() == null || call.warehouse().equals(session.warehouse()))) {
                rows.add(row(touch(statement), now));
            }
        }
        rows.removeIf(row -> row.ended() == null
                ? call.to() != null
                : call.from() != null && row.ended().isBefore(call.from())
                        || call.to() != null && row.ended().isAfter(call.to()));
        rows.sort(
                Comparator.comparing((History.Row row) -> row.ended() == null ? Instant.MAX : row.ended()).reversed());
        return rows.size() > call.limit() ? rows.subList(0, call.limit()) : rows;
    }

    private History.Row row(Statement statement, Instant now) {
        var ended = statement.ended(now);
        var outcome = statement.outcome(now);
        if (ended == null || outcome == null || !shown(ended, now)) {
            return new History.Row(statement, unheardOf != null ? unheardOf : statement.waiting(now), null, null, 0);
        }
        var fault = outcome.fault();
        var status = fault == null
                ? "success"
                : fault.code().equals("000603") ? "failed_with_incident" : "failed_with_error";
        return new History.Row(statement, status, fault, ended,
                outcome.table() == null ? 0 : outcome.table().produced());
    }

    private boolean shown(Instant event, Instant now) {
        return event.isBefore(lagsFrom) || !event.plus(lag).isAfter(now);
    }

    @Override
    public void close() {
        synchronized (this) {
            statements.values().forEach(each -> each.run().stop());
        }
        warehouse.shutdownNow();
        services.shutdownNow();
        engine.close();
    }
}
