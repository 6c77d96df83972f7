package dev.outboard.runtime.budget;

import dev.outboard.spi.Budget;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** The budgets of one connector's accounts. Any thread. */
public final class ConnectorBudget implements Budget {
    private static final Duration FOR_EVER = Duration.ofDays(365);
    /** A platform that asks for more patience is asked whether it still wants it. */
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    /** Accounts come out of templates, so there may be any number of them in time. */
    private static final int MAX_IDLE = 1_000;
    private static final ScopedValue<Asker> ASKER = ScopedValue.newInstance();

    /** For whom the thread asks, and who wants to know while it waits. */
    private record Asker(Urgency urgency, long since, Consumer<Boolean> waits) {}

    private final double perSecond;
    private final Ticker ticker;
    private final Map<String, Bucket> accounts = new HashMap<>();
    private final LongAdder unlimited = new LongAdder();
    /** Of accounts that are forgotten. */
    private long forgotten;

    ConnectorBudget(double perSecond, Ticker ticker) {
        this.perSecond = perSecond;
        this.ticker = ticker;
    }

    /** Requests a second that each account may be asked; infinite for any number. */
    public double perSecond() {
        return perSecond;
    }

    /** True if there is anything to wait for. */
    public boolean limited() {
        return !Double.isInfinite(perSecond);
    }

    /**
     * Runs connector code: what it takes of a budget is as urgent as this.
     *
     * @param waits told true before it waits for a request, and false once it need not any more
     */
    public static <T> T as(Urgency urgency, long since, Consumer<Boolean> waits, Callable<T> code) throws Exception {
        return ScopedValue.where(ASKER, new Asker(urgency, since, waits)).call(code::call);
    }

    /** The same, where nobody wants to know. */
    public static <T> T as(Urgency urgency, long since, Callable<T> code) throws Exception {
        return as(urgency, since, _ -> {
        }, code);
    }

    /** {@inheritDoc} As urgent as the call that the thread is in; a thread of the connector's own is least urgent. */
    @Override
    public void take(String account) throws InterruptedException {
        var asker = ASKER.isBound() ? ASKER.get() : new Asker(Urgency.LIST, 0, _ -> {
        });
        asker.waits().accept(true);
        try {
            take(account, asker.urgency(), asker.since(), FOR_EVER);
        } finally {
            asker.waits().accept(false);
        }
    }

    /**
     * Waits for a request.
     *
     * @param since orders those that are equally urgent: smaller first
     * @return false if there was none in so long
     */
    public boolean take(String account, Urgency urgency, long since, Duration atMost) throws InterruptedException {
        if (limited()) {
            return bucket(account).take(urgency, since, atMost);
        }
        unlimited.increment();
        return true;
    }

    /** Takes one if nobody waits and none need be waited for. */
    public boolean tryTake(String account) {
        if (limited()) {
            return bucket(account).tryTake();
        }
        unlimited.increment();
        return true;
    }

    /**
     * The platform asked for patience: the account is asked nothing for so long, at most a minute. Where there is no limit,
     * nobody but the asker waits.
     */
    public void pause(String account, Duration time) {
        if (limited()) {
            bucket(account).pause(time.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : time);
        }
    }

    /** True while the platform's wish for patience holds everybody back. */
    public boolean paused(String account) {
        return limited() && bucket(account).paused();
    }

    /** How many requests were taken of all accounts. */
    public synchronized long taken() {
        return unlimited.sum() + forgotten + sum(Bucket::taken);
    }

    public synchronized long waiting() {
        return sum(Bucket::waiting);
    }

    /** How many accounts are paused. */
    public synchronized long pausedAccounts() {
        return sum(bucket -> bucket.paused() ? 1 : 0);
    }

    /** For tests. */
    synchronized int accounts() {
        return accounts.size();
    }

    private long sum(ToLongFunction<Bucket> of) {
        return accounts.values().stream().mapToLong(of).sum();
    }

    private synchronized Bucket bucket(String account) {
        var known = accounts.get(account);
        if (known != null) {
            return known;
        }
        if (accounts.size() >= MAX_IDLE) {
            accounts.values().removeIf(bucket -> {
                boolean idle = bucket.idle();
                forgotten += idle ? bucket.taken() : 0;
                return idle;
            });
        }
        var bucket = new Bucket(perSecond, ticker);
        accounts.put(account, bucket);
        return bucket;
    }
}
