package dev.outboard.testkit.sim;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** One simulated platform on loopback: HTTP, faults and limits; its subclass knows the protocol. Safe for many threads. */
public abstract class Simulator implements AutoCloseable {
    private final SimClock clock;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Faults faults = new Faults();
    private final Map<Operation, LongAdder> requests = new EnumMap<>(Operation.class);
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable RateLimit limit;

    /**
     * Does not listen before {@link #start}.
     *
     * @param port 0 for any that is free
     */
    protected Simulator(SimClock clock, int port) {
        this.clock = clock;
        for (var operation : Operation.values()) {
            requests.put(operation, new LongAdder());
        }
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " cannot be listened on: " + e.getMessage(), e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::serve);
    }

    /** Listens from now on; the last act of a subclass' constructor or factory. */
    protected final void start() {
        server.start();
    }

    /** What this request wants. */
    protected abstract Operation operation(Request request);

    /** Does what is asked, and what the platform says to it. */
    protected abstract Reply answer(Request request) throws Exception;

    /** How the platform asks for patience; {@code retryAfter} null for an answer that does not say how long. */
    public abstract Reply tooManyRequests(@Nullable Duration retryAfter);

    /** How the platform says that a token has run out. */
    public abstract Reply unauthorized();

    /** How the platform says 500, 502, 503 or 504. */
    public abstract Reply failure(int status);

    /** The settings that lead the platform's connector here, names without prefix: {@code endpoint} at the least. */
    public Map<String, String> settings() {
        return Map.of("endpoint", url().toString());
    }

    /** What the connector's SecretReader must give for these settings, by name. */
    public Map<String, String> secrets() {
        return Map.of();
    }

    /** All that was ever created, oldest first. */
    public abstract List<Entry> ledger();

    /** Where it listens: {@code http://127.0.0.1:port}, no slash at the end. */
    public final URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    public final Faults faults() {
        return faults;
    }

    public final SimClock clock() {
        return clock;
    }

    /** How many requests of this operation came, also those that met a fault or the limit. */
    public final long requests(Operation operation) {
        var count = requests.get(operation);
        return count == null ? 0 : count.sum();
    }

    /** How many requests came in all. */
    public final long requests() {
        return requests.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** More requests a second than this, by real time, are answered with 429; tokens are not counted. */
    public final void limit(double requestsPerSecond) {
        limit = new RateLimit(requestsPerSecond);
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            var request = Wire.read(exchange);
            var operation = operation(request);
            requests.getOrDefault(operation, new LongAdder()).increment();
            var bucket = limit;
            if (bucket != null && operation != Operation.TOKEN && !bucket.take()) {
                Wire.write(exchange, tooManyRequests(Duration.ofSeconds(1)));
                return;
            }
            meet(exchange, request, faults.take(operation));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void meet(HttpExchange exchange, Request request, @Nullable Fault fault)
            throws IOException, InterruptedException {
        switch (fault) {
            case null -> Wire.write(exchange, told(request));
            case Fault.Answer(var reply, var afterEffect) -> {
                if (afterEffect) {
                    told(request);
                }
                Wire.write(exchange, reply);
            }
            case Fault.Drop(var afterEffect) -> {
                if (afterEffect) {
                    told(request);
                }
            }
            case Fault.Hang(var afterEffect) -> {
                if (afterEffect) {
                    told(request);
                }
                closed.await();
            }
            case Fault.Truncate() -> Wire.truncate(exchange, told(request));
        }
    }

    private Reply told(Request request) {
        try {
            return answer(request);
        } catch (Exception e) {
            // a simulator's own fault must be seen, not taken for a simulated one
            e.printStackTrace();
            return Reply.text(599, "text/plain", "the simulator itself failed: " + e);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
