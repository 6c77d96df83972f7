package dev.outboard.testkit.databricks;

import dev.outboard.testkit.databricks.Run.Pace;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** All runs of the workspace. Safe for many threads. */
final class Book {
    private final SimClock clock;
    private final RunJson json;
    private final NavigableMap<Long, Run> byNumber = new ConcurrentSkipListMap<>();
    private final Map<String, Run> byToken = new HashMap<>();
    private final Map<String, Ending> endings = new ConcurrentHashMap<>();
    private volatile Pace pace = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(2), false);
    private volatile int pageSize = 25;
    private volatile Duration lag = Duration.ZERO;
    private volatile Instant lagFrom = Instant.EPOCH;

    /** @param url of the workspace */
    Book(SimClock clock, URI url) {
        this.clock = clock;
        this.json = new RunJson(url);
    }

    static long number(String name, String text) throws Wrong {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Wrong.parameter("Could not parse request object: '" + text + "' is not a valid " + name + ".");
        }
    }

    /** The run of this token if there is one, whatever it was asked for; else a new one. */
    Reply submit(String text, boolean flat) throws Wrong {
        var body = Spec.read(text);
        var token = body.path("idempotency_token").asText();
        synchronized (byToken) {
            var run = token.isEmpty() ? null : byToken.get(token);
            if (run == null) {
                run = new Run(byNumber.size() + 1L, Spec.of(text, body, flat), clock.instant(), pace);
                byNumber.put(byNumber.size() + 1L, run);
                if (!token.isEmpty()) {
                    byToken.put(token, run);
                }
            }
            return Reply.json(200, RunJson.object().put("run_id", run.id()));
        }
    }

    Reply get(Request request) throws Wrong {
        var id = request.query("run_id") == null ? "" : String.valueOf(request.query("run_id"));
        return Reply.json(200, json.run(find(id), clock.instant(), true));
    }

    Reply cancel(String id) throws Wrong {
        find(id).cancel(clock.instant());
        return Reply.json(200, Map.of());
    }

    Reply output(Request request) throws Wrong {
        var id = String.valueOf(request.query("run_id"));
        long number = number("run_id", id);
        var run = byNumber.get(Run.number(number));
        if (run == null || run.id() != number && !run.taskIds().contains(number)) {
            throw Wrong.noRun(id);
        }
        return Reply.json(200, Output.of(settled(run), number, json, clock.instant()));
    }

    Reply list(Request request) throws Wrong {
        var now = clock.instant();
        var at = lag.isZero() ? now : later(lagFrom, now.minus(lag));
        byNumber.values().forEach(this::settled);
        return Listing.of(request, pageSize).page(byNumber.values(), at, json);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** By its own id, not by that of one of its tasks. */
    Run find(String id) throws Wrong {
        long number = number("run_id", id);
        var run = byNumber.get(Run.number(number));
        if (run == null || run.id() != number) {
            throw Wrong.noRun(id);
        }
        return settled(run);
    }

    private Run settled(Run run) {
        run.settle(clock.instant(), endings.getOrDefault(run.spec().name(), Ending.SUCCESS));
        return run;
    }

    List<Entry> entries() {
        return byNumber.values().stream().map(run -> settled(run).entry()).toList();
    }

    void pace(Pace next) {
        pace = next;
    }

    void finish() {
        json.oddState(null);
        byNumber.values().forEach(run -> settled(run).release(clock.instant()));
    }

    void end(String name, Ending ending) {
        byNumber.values().forEach(this::settled);
        endings.put(name, ending);
    }

    RunJson json() {
        return json;
    }

    void lag(Duration time) {
        lagFrom = clock.instant();
        lag = time;
    }

    void pageSize(int most) {
        pageSize = most;
    }
}
