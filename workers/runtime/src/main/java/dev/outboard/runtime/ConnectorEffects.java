package dev.outboard.runtime;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.dispatcher.job.Demand;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.lane.Effects;
import dev.outboard.runtime.batch.BatchMeters;
import dev.outboard.runtime.batch.Batches;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private record Served(Way way, CallMeters meters, Checks checks) {}

    private final Redaction redaction;
    private final Map<String, Served> byType = new HashMap<>();
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
        var ways = new HashMap<Serving, Way>();
        for (var serving : connectors.distinct()) {
            var slots = new CallSlots(callsAtATime);
            ways.put(serving, way(serving, slots, connectors, stores, registry));
            Gauge.builder("outboard.calls.under.way", slots::taken)
                    .description("Calls that a connector has not answered yet; at most " + CALLS_AT_A_TIME)
                    .tags("connector", serving.slug())
                    .register(registry);
        }
        for (var type : connectors.types()) {
            var taskType = type.taskType();
            var serving = Objects.requireNonNull(connectors.serving(taskType), taskType);
            var way = Objects.requireNonNull(ways.get(serving), taskType);
            byType.put(taskType, new Served(way, new CallMeters(serving.slug(), taskType, registry),
                    new Checks()));
        }
        deadlines.setRemoveOnCancelPolicy(true);
    }

    private Way way(Serving serving, CallSlots slots, Connectors connectors, Stores stores,
            MeterRegistry registry) {
        var accounts = new Accounts(serving, redaction);
        var budget = connectors.budget(serving);
        BudgetMeters.register(serving.slug(), budget, registry);
        var info = serving.info();
        var batches = info.batches()
                ? new Batches(serving.toString(), new ConnectorPolling(serving, budget, redaction, this::alone),
                        info.callDeadline(), connectors.setup().clock(), new BatchMeters(serving.slug(), registry),
                        deadlines)
                : null;
        return new Way(serving, new Conversation(serving, accounts, connectors.secrets(), stores), slots, accounts,
                budget,
                batches);
    }

    /**
     * {@inheritDoc} A call for a task type that is not served here, or after {@link #close}, is not started.
     */
    @Override
    public void start(Call call, Consumer<Outcome> done) {
        var taskType = call.job().accepted().taskType();
        var served = byType.get(taskType);
        if (served == null) {
            LOG.log(WARNING, "{0}: no connector here serves {1}", call.job().id(), taskType);
            refuse(call, done);
            return;
        }
        var taken = call.op() == Demand.Op.CHECK ? served.checks().counted(done) : done;
        launch(new Flight(call, taken, served.way(), redaction, served.meters(), this::landed), taken);
    }

    /** A poll that waited with others is made as a call of its own; who waits for it is told by {@code done}. */
    private void alone(Call call, Consumer<Outcome> done) {
        var served = Objects.requireNonNull(byType.get(call.job().accepted().taskType()), "it is served");
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
            var deadline = flight.deadline();
            flight.expireBy(
                    deadlines.schedule(() -> flight.expire(deadline), deadline.toNanos(), TimeUnit.NANOSECONDS));
            flight.start();
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
            flight.standDown();
        }
    }

    @Override
    public void awaitChecks(String taskType) {
        var served = byType.get(taskType);
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
        var batches = byType.values().stream().map(served -> served.way().batches()).filter(Objects::nonNull).toList();
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
