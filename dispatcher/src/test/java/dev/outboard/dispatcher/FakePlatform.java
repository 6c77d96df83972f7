package dev.outboard.dispatcher;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.lane.Effects;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A platform that dedupes by key for good (ADOPT), keeps a ledger, and does what a test tells it to. */
public final class FakePlatform implements Effects, AutoCloseable {
    public enum Run {
        RUNNING, SUCCEEDED, CANCELLED
    }

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    public final Map<String, Run> runs = new ConcurrentHashMap<>();
    /** Creates that took effect, by external key. */
    public final Map<String, AtomicInteger> created = new ConcurrentHashMap<>();
    public final Map<String, String> jobOfKey = new ConcurrentHashMap<>();
    public volatile boolean finishAtOnce = true;
    public volatile boolean holdCreates;

    @Override
    public void start(Call call, Consumer<Outcome> done) {
        threads.execute(() -> {
            if (!call.lease().getAsBoolean()) {
                done.accept(new Outcome.NotStarted());
                return;
            }
            var outcome = answer(call);
            if (outcome != null) {
                done.accept(outcome);
            }
        });
    }

    private Outcome answer(Call call) {
        var key = call.externalKey();
        return switch (call.op()) {
            case CHECK -> new Outcome.Checked(null);
            case CREATE, OCCUPY -> {
                if (holdCreates) {
                    yield null;
                }
                jobOfKey.put(key, call.job().id().toString());
                runs.computeIfAbsent(key, k -> {
                    created.computeIfAbsent(k, x -> new AtomicInteger()).incrementAndGet();
                    return Run.RUNNING;
                });
                yield new Outcome.Exists(new Handle("fake", "1", 1, key), List.of());
            }
            case POLL -> {
                if (finishAtOnce) {
                    runs.replace(key, Run.RUNNING, Run.SUCCEEDED);
                }
                yield told(key);
            }
            case DELETE -> {
                runs.replace(key, Run.RUNNING, Run.CANCELLED);
                yield told(key);
            }
            default -> throw new IllegalStateException("no call: " + call.op());
        };
    }

    private Outcome told(String key) {
        return switch (runs.get(key)) {
            case RUNNING ->
                new Outcome.Running(false, "running", null, List.of(), null, java.time.Duration.ofMillis(50));
            case SUCCEEDED -> new Outcome.Succeeded(Bytes.of(new byte[]{1}), null);
            case CANCELLED -> new Outcome.Cancelled();
            case null -> new Outcome.Gone();
        };
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
