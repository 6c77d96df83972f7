package dev.outboard.runtime;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.lane.Effects;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.runtime.batch.BatchMeters;
import dev.outboard.runtime.batch.Batches;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Carries calls to connectors, each on a virtual thread of its own, at most 256 at a time inside one connector.
 *
 * <p>
 * A call's deadline runs from {@link #start}, waiting included: the core counts on no create landing later than that plus
 * its margin. One that waited so long is not begun (NotStarted, or Unreachable for poll and delete, so that the job shows
 * why; HeldBack, if it was its account's budget that it waited for); one that the connector has not answered is interrupted
 * and its late result dropped. A poll that waits with others for a batch poll's news waits for as long as there are none.
 */
public final class ConnectorEffects implements Effects, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ConnectorEffects.class.getName());
    private static final int CALLS_AT_A_TIME = 256;
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(10);

    private record Served(Way way, CallMeters meters, Checks checks) {
        Serving serving() {
            return way.serving();
        }
    }

    private final Redaction redaction;
    private final Succession<Served> byType = new Succession<>(Served::serving);
    /** By connector's name: another version of it takes over the slots. */
    private final Map<String, CallSlots> slots = new ConcurrentHashMap<>();
    /** Those that may still be called. */
    private final Map<Serving, Way> ways = new ConcurrentHashMap<>();
    private final int callsAtATime;
    private final Stores stores;
    private final MeterRegistry registry;
    private final Duration closeWait;
    /** A platform thread: connectors that spin on all virtual threads' carriers must not stop the clock. */
    final ScheduledThreadPoolExecutor deadlines = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("outboard-deadlines").factory());
    /** Calls without an outcome, by identity; also the lock for {@link #closed}. */
    private final Map<Call, Flight> inFlight = new IdentityHashMap<>();
    private boolean closed;

    /**
     * The connectors stay the caller's to close, after this.
     *
     * @param registry takes the calls' meters
     */
    public ConnectorEffects(Connectors connectors, MeterRegistry registry) {
        this(connectors, Stores.none(), registry);
    }

    /**
     * Connectors and stores stay the caller's to close, after this.
     *
     * @param stores take outputs that are too large for a record
     */
    public ConnectorEffects(Connectors connectors, Stores stores, MeterRegistry registry) {
        this(connectors, stores, CALLS_AT_A_TIME, CLOSE_WAIT, registry);
    }

    ConnectorEffects(Connectors connectors, Stores stores, int callsAtATime, Duration closeWait,
            MeterRegistry registry) {
        this.redaction = connectors.secrets().redaction();
        this.closeWait = closeWait;
        this.callsAtATime = callsAtATime;
        this.stores = stores;
        this.registry = registry;
        follow(connectors);
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * Takes over what is served now. A connector that another version of it has replaced keeps the jobs that it made until
     * it is forgotten; of one whose task type nobody serves any more only the calls under way go on. One thread calls this.
     */
    void follow(Connectors connectors) {
        var types = connectors.types().stream().map(ServedType::taskType).toList();
        for (var taskType : types) {
            var serving = Objects.requireNonNull(connectors.serving(taskType), taskType);
            var before = byType.newest(taskType);
            if (before == null || before.serving() != serving) {
                var way = ways.computeIfAbsent(serving, _ -> way(serving, connectors));
                byType.add(taskType, new Served(way, new CallMeters(serving.slug(), taskType, registry),
                        before == null ? new Checks() : before.checks()));
            }
        }
        for (var taskType : byType.types()) {
            if (!types.contains(taskType)) {
                byType.remove(taskType);
            }
        }
    }

    private Way way(Serving serving, Connectors connectors) {
        var accounts = new Accounts(serving, redaction);
        var budget = connectors.budget(serving);
        BudgetMeters.register(serving.slug(), budget, registry);
        var info = serving.info();
        var batches = info.batches()
                ? new Batches(serving.toString(), new ConnectorPolling(serving, budget, redaction, this::alone),
                        info.callDeadline(), connectors.setup().clock(), new BatchMeters(serving.slug(), registry),
                        deadlines)
                : null;
        return new Way(serving, new Conversation(serving, accounts, connectors.secrets(), stores),
                slots.computeIfAbsent(serving.slug(), this::slots), accounts, budget, batches);
    }

    private CallSlots slots(String slug) {
        var own = new CallSlots(callsAtATime);
        Gauge.builder("outboard.calls.under.way", own::taken)
                .description("Calls that a connector has not answered yet; at most " + CALLS_AT_A_TIME)
                .tags("connector", slug)
                .register(registry);
        return own;
    }

    /** Begins no more calls of this one, which is not the newest of any task type; those under way go on. */
    void forget(Serving serving) {
        byType.forget(serving);
        var way = ways.remove(serving);
        if (way != null && way.batches() != null) {
            way.batches().close();
        }
        calls(serving).forEach(Flight::standDown);
    }

    /** The calls of this one that are without an outcome. */
    List<Flight> calls(Serving serving) {
        synchronized (inFlight) {
            return inFlight.values().stream().filter(flight -> flight.to(serving)).toList();
        }
    }

    /**
     * {@inheritDoc} A call for a task type that is not served here, or after {@link #close}, is not started.
     */
    @Override
    public void start(Call call, Consumer<Outcome> done) {
        var served = byType.of(call);
        if (served == null) {
            LOG.log(WARNING, "{0}: no connector here serves {1}", call.job().id(), call.job().accepted().taskType());
            refuse(call, done);
            return;
        }
        var taken = call.op() == Demand.Op.CHECK ? served.checks().counted(done) : done;
        launch(new Flight(call, taken, served.way(), redaction, served.meters(), this::landed), taken);
    }

    /** A poll that waited with others is made as a call of its own; who waits for it is told by {@code done}. */
    private void alone(Call call, Consumer<Outcome> done) {
        var served = byType.of(call);
        if (served == null) {
            refuse(call, done);
            return;
        }
        var own = new Call(call.op(), call.job(), call.installation(), call.externalKey(), call.spec(), call.lease(),
                call.heard());
        launch(new Flight(own, done, served.way().alone(), redaction, served.meters(), this::landed), done);
    }

    private void launch(Flight flight, Consumer<Outcome> done) {
        synchronized (inFlight) {
            if (closed) {
                refuse(flight.call(), done);
                return;
            }
            inFlight.put(flight.call(), flight);
        }
        try {
            flight.start(deadlines);
        } catch (RejectedExecutionException e) {
            // closed meanwhile
            flight.standDown();
        } catch (Throwable e) {
            // no memory for a thread
            LOG.log(ERROR, flight + " cannot be started", e);
            flight.standDown();
        }
    }

    @Override
    public void recall(Call call) {
        Flight flight;
        synchronized (inFlight) {
            flight = inFlight.get(call);
        }
        if (flight != null) {
            // not on the lane's thread, as in refuse
            Thread.ofVirtual().name(flight + " called back").start(flight::standDown);
        }
    }

    @Override
    public void awaitChecks(String taskType) {
        var served = byType.newest(taskType);
        if (served != null) {
            served.checks().await();
        }
    }

    private static void refuse(Call call, Consumer<Outcome> done) {
        // not on the lane's thread, which may hold what taking an outcome needs
        Thread.ofVirtual().name(call.job().id() + " refused").start(() -> {
            try {
                done.accept(new Outcome.NotStarted());
            } catch (Throwable e) {
                LOG.log(ERROR, call.job().id() + ": its outcome could not be taken", e);
            }
        });
    }

    private void landed(Flight flight) {
        synchronized (inFlight) {
            inFlight.remove(flight.call());
            inFlight.notifyAll();
        }
    }

    /**
     * Starts nothing more, waits up to 10 s for what is inside a connector, then gives it up: each call still gets its one
     * outcome. Never throws.
     */
    @Override
    public void close() {
        List<Flight> flights;
        synchronized (inFlight) {
            closed = true;
            flights = List.copyOf(inFlight.values());
        }
        flights.forEach(Flight::standDown);
        var batches = ways.values().stream().map(Way::batches).filter(Objects::nonNull).toList();
        batches.forEach(Batches::close);
        long end = System.nanoTime() + closeWait.toNanos();
        try {
            awaitLandings(end);
            for (var batch : batches) {
                batch.awaitEnd(Duration.ofNanos(end - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        flights.forEach(Flight::abandon);
        deadlines.shutdownNow();
    }

    private void awaitLandings(long end) throws InterruptedException {
        synchronized (inFlight) {
            for (long left = end - System.nanoTime(); !inFlight.isEmpty() && left > 0; left = end - System.nanoTime()) {
                TimeUnit.NANOSECONDS.timedWait(inFlight, left);
            }
        }
    }
}
