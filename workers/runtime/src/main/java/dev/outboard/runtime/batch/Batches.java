package dev.outboard.runtime.batch;

import dev.outboard.spi.Handle;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The batch polls of one connector, account by account. Any thread. */
public final class Batches {
    /** Of external jobs that began here and have not been asked for yet; who is forgotten is asked for once more. */
    private static final int MAX_BORN = 10_000;

    private final String name;
    private final Polling polling;
    private final Pace pace;
    private final InstantSource clock;
    private final BatchMeters meters;
    private final ScheduledExecutorService timer;
    private final Map<String, Rounds> accounts = new HashMap<>();
    private final Map<Handle, Long> born = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Handle, Long> eldest) {
            return size() > MAX_BORN;
        }
    };
    private boolean closed;

    /**
     * @param name the connector's, for messages
     * @param deadline of one call of the connector's
     * @param clock tells whether progress is due to be written
     * @param timer stays the caller's
     */
    public Batches(String name, Polling polling, Duration deadline, InstantSource clock, BatchMeters meters,
            ScheduledExecutorService timer) {
        this(name, polling, Pace.usual(deadline), clock, meters, timer);
    }

    Batches(String name, Polling polling, Pace pace, InstantSource clock, BatchMeters meters,
            ScheduledExecutorService timer) {
        this.name = name;
        this.polling = polling;
        this.pace = pace;
        this.clock = clock;
        this.meters = meters;
        this.timer = timer;
        meters.waiting(this::waiting);
    }

    /** Where a poll waits. */
    public record Place(Rounds rounds, Handle handle, Waiter waiter) {
        /** Nobody waits for its answer any more. */
        public void leave() {
            rounds.forget(handle, waiter);
        }
    }

    /** An external job that cannot have existed before {@code time}, which is {@link System#nanoTime}'s. */
    public synchronized void born(Handle handle, long time) {
        born.put(handle, time);
    }

    /** The place of a poll that waits from now on; null if it must be made singly. */
    public synchronized @Nullable Place join(String account, Handle handle, Waiter waiter) {
        if (closed) {
            return null;
        }
        var since = born.remove(handle);
        var known = accounts.get(account);
        if (known != null && (known.join(handle, waiter, since) || known.lost())) {
            return known.lost() ? null : new Place(known, handle, waiter);
        }
        // those that had nobody to ask for have ended, this account's perhaps too
        accounts.values().removeIf(Rounds::ended);
        var fresh = rounds(account);
        accounts.put(account, fresh);
        fresh.join(handle, waiter, since);
        return new Place(fresh, handle, waiter);
    }

    private Rounds rounds(String account) {
        var rounds = new Rounds(name, account, polling, pace, clock, meters, timer);
        rounds.start();
        return rounds;
    }

    private synchronized int waiting() {
        return accounts.values().stream().mapToInt(Rounds::waiting).sum();
    }

    /** Accounts that are asked; for tests. */
    synchronized int asking() {
        return (int) accounts.values().stream().filter(rounds -> !rounds.ended()).count();
    }

    /** Asks no more; who waits is the caller's to tell. */
    public void close() {
        closing().forEach(Rounds::close);
    }

    /** True if nothing of this is inside the connector any more within so long; after {@link #close}. */
    public boolean awaitEnd(Duration most) throws InterruptedException {
        long end = System.nanoTime() + most.toNanos();
        for (var rounds : closing()) {
            if (!rounds.awaitEnd(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
                return false;
            }
        }
        return true;
    }

    private synchronized List<Rounds> closing() {
        closed = true;
        return List.copyOf(accounts.values());
    }
}
