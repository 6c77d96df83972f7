package dev.outboard.api.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts requests in flight; once draining, asks each client to close its connection, and those that only wait to end.
 * Safe for many threads.
 */
public final class Drain implements Filter {
    private final AtomicBoolean draining = new AtomicBoolean();
    private final Phaser inFlight = new Phaser(1);
    private final List<Runnable> told = new CopyOnWriteArrayList<>();

    /** True once this process is about to stop. */
    public boolean draining() {
        return draining.get();
    }

    /** Has this run when draining starts; it must not block. */
    public void whenDraining(Runnable action) {
        told.add(action);
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        inFlight.register();
        try {
            if (draining.get()) {
                Answer.header(req, res, Problem.CONNECTION, "close");
            }
            chain.proceed();
        } finally {
            inFlight.arriveAndDeregister();
        }
    }

    /**
     * Starts draining and waits until nothing is in flight. To be called once.
     *
     * @return false if the time ran out first
     * @throws InterruptedException if interrupted while waiting
     */
    public boolean await(Duration limit) throws InterruptedException {
        draining.set(true);
        told.forEach(Runnable::run);
        int phase = inFlight.arriveAndDeregister();
        try {
            inFlight.awaitAdvanceInterruptibly(phase, limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }
}
