package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All jobs of all projects. Safe for many threads. */
final class Book {
    private static final int DEFAULT_PAGE = 50;

    private final SimClock clock;
    private final NavigableMap<Long, SimJob> byNumber = new ConcurrentSkipListMap<>();
    private final Map<String, SimJob> byReference = new HashMap<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile int pageSize = 1_000;
    private volatile Duration lag = Duration.ZERO;
    private volatile Instant lagFrom = Instant.EPOCH;
    private volatile @Nullable String oddState;
    private volatile @Nullable String unreachable;

    Book(SimClock clock) {
        this.clock = clock;
    }

    /** Makes the jobs that are to be: only where none of this name is there yet. */
    interface Maker {
        SimJob make(long number) throws Wrong;
    }

    SimJob add(String project, String location, String id, Maker maker) throws Wrong {
        var reference = project + ":" + location + "." + id;
        synchronized (byReference) {
            if (byReference.containsKey(reference)) {
                throw new Wrong(409, "duplicate", "Already Exists: Job " + reference);
            }
            var job = maker.make(byReference.size() + 1L);
            byReference.put(reference, job);
            byNumber.put(job.number(), job);
            return job;
        }
    }

    /** @param location without one, only jobs in the US are found */
    SimJob find(String project, @Nullable String location, String id) throws Wrong {
        SimJob job;
        synchronized (byReference) {
            job = byReference.get(project + ":" + place(location) + "." + id);
        }
        if (job != null) {
            return job;
        }
        throw Wrong.notFound("Job " + project + ":" + (location == null ? "" : location + ".") + id);
    }

    /** A location as BigQuery writes it: two letters for a multi-region are upper case, the rest is lower. */
    static String place(@Nullable String location) {
        if (location == null || location.isEmpty()) {
            return "US";
        }
        return location.length() == 2 ? location.toUpperCase(Locale.ROOT) : location.toLowerCase(Locale.ROOT);
    }

    ObjectNode show(SimJob job) {
        var now = clock.instant();
        job.settle(now);
        return show(job, job.state(now));
    }

    private ObjectNode show(SimJob job, String state) {
        var odd = oddState;
        return JobJson.whole(job, odd == null ? state : odd, warnings);
    }

    /** The newest first. */
    Reply list(String project, Request request) {
        var now = clock.instant();
        var shownAt = lag.isZero() ? now : later(lagFrom, now.minus(lag));
        long from = millis(request, "minCreationTime", Long.MIN_VALUE);
        long to = millis(request, "maxCreationTime", Long.MAX_VALUE);
        Set<String> states = request.query()
                .getOrDefault("stateFilter", List.of())
                .stream()
                .map(state -> state.toUpperCase(Locale.ROOT))
                .collect(Collectors.toSet());
        long wanted = millis(request, "maxResults", DEFAULT_PAGE);
        int size = (int) Math.max(1, Math.min(wanted, pageSize));
        var token = request.query("pageToken");
        var page = JobJson.object().put("kind", "bigquery#jobList").put("etag", "e");
        var jobs = page.putArray("jobs");
        var older = byNumber.headMap(token == null ? Long.MAX_VALUE : Long.parseLong(token), false).descendingMap();
        for (var job : older.values()) {
            job.settle(now);
            var state = job.state(shownAt);
            long created = job.created().toEpochMilli();
            if (!job.project().equals(project) || job.created().isAfter(shownAt) || created < from || created > to
                    || !states.isEmpty() && !states.contains(state)
                    || job.location().equalsIgnoreCase(unreachable)) {
                continue;
            }
            jobs.add(item(show(job, state), "full".equalsIgnoreCase(request.query("projection"))));
            if (jobs.size() == size) {
                page.put("nextPageToken", String.valueOf(job.number()));
                break;
            }
        }
        if (unreachable != null) {
            page.putArray("unreachable").add(unreachable);
        }
        return Reply.json(200, page);
    }

    private static ObjectNode item(ObjectNode job, boolean full) {
        var status = job.path("status");
        job.put("state", status.path("state").asText());
        if (status.has("errorResult")) {
            job.set("errorResult", status.get("errorResult"));
        }
        if (!full) {
            job.remove("configuration");
        }
        return job;
    }

    private static long millis(Request request, String name, long unless) {
        var text = request.query(name);
        return text == null ? unless : Long.parseLong(text);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    List<Entry> entries() {
        var now = clock.instant();
        return byNumber.values().stream().map(job -> job.entry(now)).toList();
    }

    void finish() throws InterruptedException {
        oddState = null;
        for (var job : byNumber.values()) {
            job.release(clock.instant());
        }
    }

    void pageSize(int most) {
        pageSize = most;
    }

    void lag(Duration time) {
        lagFrom = clock.instant();
        lag = time;
    }

    void oddState(String state) {
        oddState = state;
    }

    void unreachable(@Nullable String location) {
        unreachable = location;
    }

    void warn(String message) {
        warnings.add(message);
    }
}
