package dev.outboard.runtime.batch;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A connector that tells what its fields say. */
final class ScriptedPolling implements Polling {
    final Map<Handle, PollResult> results = new ConcurrentHashMap<>();
    final List<Set<Handle>> asked = new CopyOnWriteArrayList<>();
    final List<Handle> singles = new CopyOnWriteArrayList<>();
    final AtomicInteger inside = new AtomicInteger();
    final Map<String, AtomicInteger> most = new ConcurrentHashMap<>();
    final AtomicInteger paused = new AtomicInteger();
    final CountDownLatch release = new CountDownLatch(1);
    volatile Map<Handle, PollResult> told = Map.of();
    volatile boolean restUnchanged;
    volatile Instant asOf;
    volatile Instant since;
    volatile Exception fault;
    volatile boolean nothing;
    volatile Semaphore hold;
    volatile boolean hang;
    volatile Duration waits = Duration.ZERO;
    volatile PollResult single = new PollResult.Cancelled();
    volatile boolean holdSingles;
    private final Map<String, AtomicInteger> now = new ConcurrentHashMap<>();

    @Override
    public Batch ask(String account, Set<Handle> handles, Instant given, BiConsumer<Handle, PollResult> news,
            Consumer<Boolean> waiting) throws Exception {
        int here = now.computeIfAbsent(account, _ -> new AtomicInteger()).incrementAndGet();
        most.computeIfAbsent(account, _ -> new AtomicInteger()).accumulateAndGet(here, Math::max);
        inside.incrementAndGet();
        try {
            asked.add(Set.copyOf(handles));
            since = given;
            told.forEach(news);
            waiting.accept(true);
            Thread.sleep(waits);
            waiting.accept(false);
            while (hang) {
                hangs();
            }
            if (hold != null) {
                hold.acquire();
            }
            if (fault != null) {
                throw fault;
            }
            return nothing ? null : new Batch(results, restUnchanged, asOf);
        } finally {
            inside.decrementAndGet();
            now.get(account).decrementAndGet();
        }
    }

    /** Whatever interrupts it. */
    private void hangs() {
        try {
            release.await();
        } catch (InterruptedException e) {
            // as a socket without a time-out
        }
    }

    @Override
    public Outcome outcome(PollResult result) {
        return switch (result) {
            case PollResult.Running r ->
                new Outcome.Running(r.queued(), r.message(), r.progress(), List.of(), null, r.pollAfter());
            case PollResult.Succeeded _ -> new Outcome.Succeeded(Bytes.of(new byte[0]), null);
            case PollResult.Failed failed -> new Outcome.Failed(JobError.system("Failed", failed.error().message()));
            case PollResult.Cancelled _ -> new Outcome.Cancelled();
            case PollResult.Gone _ -> new Outcome.Gone();
            case PollResult.Retry(var after, var reason) -> new Outcome.Retry(after, reason);
        };
    }

    @Override
    public String cause(Throwable fault) {
        return fault instanceof NullPointerException
                ? "NullPointerException: " + fault.getMessage()
                : fault.getMessage();
    }

    @Override
    public void singly(Waiter waiter, Consumer<Outcome> done) {
        var handle = Objects.requireNonNull(waiter.call().job().attempt().handle());
        singles.add(new Handle(handle.version(), handle.value()));
        if (!holdSingles) {
            done.accept(outcome(single));
        }
    }

    @Override
    public void pause(String account, Duration time) {
        paused.incrementAndGet();
    }
}
