package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Outcome;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The calls of one task type: what was asked, what came of it, how long it took. Any thread. */
final class CallMeters {
    private static final Duration[] TIMES = {Duration.ofMillis(100), Duration.ofMillis(500), Duration.ofSeconds(1),
            Duration.ofSeconds(5), Duration.ofSeconds(15), Duration.ofMinutes(1)};

    private final Tags tags;
    private final MeterRegistry registry;
    private final Timer waits;
    /** By method and kind of outcome; made when first needed, because most never happen. */
    private final Map<Op, Map<Class<? extends Outcome>, Timer>> calls = new EnumMap<>(Op.class);

    CallMeters(String connector, String taskType, MeterRegistry registry) {
        tags = Tags.of("connector", connector, "task_type", taskType);
        this.registry = registry;
        waits = Timer.builder("outboard.call.wait")
                .description("Time that a call waits for its turn and its spec before the connector is called")
                .tags(tags)
                .register(registry);
        for (var op : Op.values()) {
            calls.put(op, new ConcurrentHashMap<>());
        }
    }

    void waited(long nanos) {
        waits.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** @param nanos inside the connector, 0 for a call that was never made */
    void ended(Op op, Outcome outcome, long nanos) {
        var timers = calls.get(op);
        if (timers != null) {
            timers.computeIfAbsent(outcome.getClass(), _ -> timer(op, outcome)).record(nanos, TimeUnit.NANOSECONDS);
        }
    }

    private Timer timer(Op op, Outcome outcome) {
        return Timer.builder("outboard.call")
                .description("Time of a connector's calls, by method and what came of it")
                .tags(tags.and("method", op.name().toLowerCase(Locale.ROOT), "outcome", text(outcome)))
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }

    private static String text(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Checked _ -> "checked";
            case Outcome.Exists _ -> "exists";
            case Outcome.Absent _ -> "absent";
            case Outcome.Rejected _ -> "rejected";
            case Outcome.Unknown _ -> "unknown";
            case Outcome.Retry _ -> "retry";
            case Outcome.HeldBack _ -> "held_back";
            case Outcome.Unreachable _ -> "unreachable";
            case Outcome.Running _ -> "running";
            case Outcome.Succeeded _ -> "succeeded";
            case Outcome.Failed _ -> "failed";
            case Outcome.Cancelled _ -> "cancelled";
            case Outcome.Gone _ -> "gone";
            case Outcome.NotStarted _ -> "not_started";
        };
    }
}
