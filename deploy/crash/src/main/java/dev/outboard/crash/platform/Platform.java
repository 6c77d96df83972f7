package dev.outboard.crash.platform;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.outboard.spi.Guarantee;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The platform as a process: {@code GUARANTEE SEED PORT}. Says {@code platform ready on PORT}, then a line per create. */
public final class Platform {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BROKEN = -1;

    private final Books books;
    /** Where jobs live in the workers, nothing goes wrong between them and their engine. */
    private final boolean booksAlone;
    private final long seed;
    private final PrintStream log;
    private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> troubles = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicLong hidden = new AtomicLong();
    private volatile long outageUntil;

    /** @param status {@link #BROKEN} for no answer at all */
    private record Reply(int status, Object body) {
        static Reply of(int status) {
            return new Reply(status, Map.of());
        }

        static Reply of(int status, External job, long now) {
            return new Reply(status, Map.of("id", job.id(), "state", job.state(now)));
        }
    }

    /** What a request does, once. */
    private interface Effect {
        Reply run(long now);
    }

    private Platform(Guarantee guarantee, long seed, PrintStream log) {
        books = new Books(guarantee, seed);
        booksAlone = guarantee == Guarantee.NONE;
        this.seed = seed;
        this.log = log;
    }

    public static void main(String[] args) throws IOException {
        // else every answer waits for the acknowledgement of its head
        System.setProperty("sun.net.httpserver.nodelay", "true");
        long seed = Long.parseLong(args[1]);
        var platform = new Platform(Guarantee.valueOf(args[0]), seed, System.out);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(args[2]));
        var server = HttpServer.create(address, 1024);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", platform::handle);
        server.start();
        System.out.println("platform ready on " + server.getAddress().getPort());
    }

    private void handle(HttpExchange exchange) throws IOException {
        underWay.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            var reply = answer(exchange);
            if (reply.status() != BROKEN) {
                var body = JSON.writeValueAsBytes(reply.body());
                exchange.sendResponseHeaders(reply.status(), body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.decrementAndGet();
        }
    }

    private Reply answer(HttpExchange exchange) throws InterruptedException {
        var path = exchange.getRequestURI().getPath().split("/");
        var query = query(exchange.getRequestURI().getRawQuery());
        var request = exchange.getRequestMethod() + " " + path[1] + (path.length > 2 ? "/" : "")
                + (path.length > 3 ? path[3] : "");
        var id = path.length > 2 ? path[2] : "";
        return switch (request) {
            case "POST jobs" -> create(query);
            case "GET jobs" -> find(query.getOrDefault("key", ""));
            case "GET jobs/" -> known("poll", id, now -> books.get(id)
                    .map(job -> Reply.of(200, job, now))
                    .orElseGet(() -> Reply.of(404)));
            case "DELETE jobs/" -> known("delete", id, now -> books.delete(id, now)
                    .map(job -> Reply.of(200, job, now))
                    .orElseGet(() -> Reply.of(404)));
            case "POST jobs/ended" -> {
                books.ended(id, External.State.valueOf(query.getOrDefault("state", "")), now());
                yield Reply.of(200);
            }
            case "POST outage" -> {
                outageUntil = now() + Long.parseLong(query.getOrDefault("millis", "0"));
                yield Reply.of(200);
            }
            case "GET ledger" -> new Reply(200, ledger());
            default -> Reply.of(400);
        };
    }

    private Reply create(Map<String, String> query) throws InterruptedException {
        int number = Integer.parseInt(query.getOrDefault("number", "0"));
        var key = query.getOrDefault("key", "");
        var job = query.getOrDefault("job", "");
        int attempt = Integer.parseInt(query.getOrDefault("attempt", "1"));
        var trouble = trouble("create", number);
        return troubled(trouble, number, now -> {
            var taken = books.create(key, job, attempt, number, now);
            var external = taken.job();
            if (external == null) {
                return Reply.of(400);
            }
            log.println(now + " create " + job + " attempt " + attempt + " number " + number + " is " + external.id()
                    + (taken.fresh() ? " " : " already ") + trouble);
            if (taken.fresh() && trouble.hidesEffect()) {
                hidden.incrementAndGet();
            }
            return Reply.of(taken.fresh() ? 201 : 409, external, now);
        });
    }

    private Reply find(String key) throws InterruptedException {
        var found = books.find(key, now());
        return found.isEmpty()
                ? Reply.of(404)
                : known("find", found.get().id(), now -> Reply.of(200, found.get(), now));
    }

    private Reply known(String method, String id, Effect effect) throws InterruptedException {
        var job = books.get(id);
        return job.isEmpty()
                ? Reply.of(404)
                : troubled(trouble(method, job.get().number()), job.get().number(), effect);
    }

    private Trouble trouble(String method, int number) {
        if (booksAlone) {
            return Trouble.NONE;
        }
        int call = calls.computeIfAbsent(method + number, _ -> new AtomicInteger()).incrementAndGet();
        return Script.of(seed, number).trouble(method, call);
    }

    private Reply troubled(Trouble trouble, int number, Effect effect) throws InterruptedException {
        if (now() < outageUntil && !booksAlone) {
            count("OUTAGE");
            return Reply.of(number % 2 == 0 ? BROKEN : 503);
        }
        if (trouble != Trouble.NONE) {
            count(trouble.name());
        }
        return switch (trouble) {
            case NONE -> effect.run(now());
            case LOST_BEFORE -> Reply.of(BROKEN);
            case ERROR_BEFORE -> Reply.of(503);
            case BUSY -> Reply.of(429);
            case LOST_AFTER -> {
                effect.run(now());
                yield Reply.of(BROKEN);
            }
            case ERROR_AFTER -> {
                effect.run(now());
                yield Reply.of(500);
            }
            case SLOW -> {
                Thread.sleep(Trouble.SLOWNESS);
                yield effect.run(now());
            }
            case LATE -> {
                Thread.sleep(Trouble.HOLD);
                yield effect.run(now());
            }
            case HELD -> {
                var reply = effect.run(now());
                Thread.sleep(Trouble.HOLD);
                yield reply;
            }
        };
    }

    private void count(String what) {
        troubles.computeIfAbsent(what, _ -> new AtomicLong()).incrementAndGet();
    }

    private Ledger ledger() {
        var counts = new TreeMap<String, Long>();
        troubles.forEach((what, count) -> counts.put(what, count.get()));
        // this request is under way too
        return new Ledger(now(), underWay.get() - 1, books.all(), books.refused(), hidden.get(), counts);
    }

    private static long now() {
        return System.currentTimeMillis();
    }

    private static Map<String, String> query(@Nullable String raw) {
        var parameters = new HashMap<String, String>();
        for (var part : raw == null ? new String[0] : raw.split("&")) {
            int equals = part.indexOf('=');
            parameters.put(part.substring(0, equals),
                    URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
        }
        return parameters;
    }
}
