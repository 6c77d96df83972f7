package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.runtime.batch.BatchMeters;
import dev.outboard.runtime.batch.Batches;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The ways to the connectors that may be called. Any thread. */
final class Ways {
    private final int callsAtATime;
    private final Connectors connectors;
    private final Stores stores;
    private final ScheduledExecutorService timer;
    private final BiConsumer<Call, Consumer<Outcome>> alone;
    private final MeterRegistry registry;
    private final Map<Serving, Way> ways = new ConcurrentHashMap<>();
    /** By connector's name: another version of it takes over slots and meters. */
    private final Map<String, CallSlots> slots = new ConcurrentHashMap<>();
    private final Map<String, BatchMeters> batched = new ConcurrentHashMap<>();

    /**
     * @param callsAtATime inside one connector
     * @param alone makes a poll that waited with others as a call of its own
     */
    Ways(int callsAtATime, Connectors connectors, Stores stores, ScheduledExecutorService timer,
            BiConsumer<Call, Consumer<Outcome>> alone, MeterRegistry registry) {
        this.callsAtATime = callsAtATime;
        this.connectors = connectors;
        this.stores = stores;
        this.timer = timer;
        this.alone = alone;
        this.registry = registry;
    }

    Way of(Serving serving) {
        return ways.computeIfAbsent(serving, this::way);
    }

    private Way way(Serving serving) {
        var redaction = connectors.secrets().redaction();
        var slug = serving.slug();
        var accounts = new Accounts(serving, redaction);
        var budget = connectors.budget(serving);
        BudgetMeters.register(slug, budget, registry);
        var info = serving.info();
        var batches = info.batches()
                ? new Batches(serving.toString(), new ConnectorPolling(serving, budget, redaction, alone),
                        info.callDeadline(), connectors.setup().clock(),
                        batched.computeIfAbsent(slug, _ -> new BatchMeters(slug, registry)), timer)
                : null;
        return new Way(serving, new Conversation(serving, accounts, connectors.secrets(), stores),
                slots.computeIfAbsent(slug, this::slots), accounts, budget, batches);
    }

    private CallSlots slots(String slug) {
        var own = new CallSlots(callsAtATime);
        Gauge.builder("outboard.calls.under.way", own::taken)
                .description("Calls that a connector has not answered yet; at most " + callsAtATime)
                .tags("connector", slug)
                .register(registry);
        return own;
    }

    /** Its batch polls, which are the caller's to close, or null if it has none. */
    @Nullable
    Batches forget(Serving serving) {
        var way = ways.remove(serving);
        return way == null ? null : way.batches();
    }

    /** All that have not been forgotten. */
    List<Batches> batches() {
        return ways.values().stream().map(Way::batches).filter(Objects::nonNull).toList();
    }
}
