package dev.outboard.api.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Times each request until its answer is sent, by method, route and status. What a caller can make up (methods, paths) is
 * one value each, so that nobody can fill the registry.
 */
public final class RequestMeters implements Filter {
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
    private static final Duration[] TIMES = {Duration.ofMillis(5), Duration.ofMillis(25), Duration.ofMillis(100),
            Duration.ofMillis(500), Duration.ofSeconds(2), Duration.ofSeconds(10), Duration.ofSeconds(30)};

    private record Key(String method, String route, int status) {}

    private final MeterRegistry registry;
    private final Map<Key, Timer> timers = new ConcurrentHashMap<>();

    public RequestMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void filter(FilterChain chain, RoutingRequest req, RoutingResponse res) {
        long began = System.nanoTime();
        // errors become answers outside of the filters, so only then is it known which
        res.whenSent(() -> {
            var method = req.prologue().method().text();
            var key = new Key(METHODS.contains(method) ? method : "other", req.matchingPattern().orElse("unknown"),
                    res.status().code());
            timers.computeIfAbsent(key, this::timer).record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        });
        chain.proceed();
    }

    private Timer timer(Key key) {
        return Timer.builder("outboard.http.request")
                .description("Time from a request's headers to the end of its answer")
                .tags("method", key.method(), "route", key.route(), "status", Integer.toString(key.status()))
                .serviceLevelObjectives(TIMES)
                .register(registry);
    }
}
