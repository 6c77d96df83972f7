package dev.outboard.bench.staleness;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The jobs of the simulated account. Its clock is its own and counts microseconds. Any thread. */
final class Ledger {
    /** A job: its number counts creates, its stage changes of its message. */
    static final class Entry {
        final long number;
        final String jobId;
        private String state = "RUNNING";
        private int stage;

        private Entry(long number, String jobId) {
            this.number = number;
            this.jobId = jobId;
        }

        private String line() {
            return number + " " + state + " " + stage;
        }
    }

    private record Change(long at, Entry entry) {}

    /** Microseconds between two machines whose clocks nobody has set. */
    private static final long SKEW = 86_400_000_000L;

    private final int page;
    private final Map<String, Entry> byKey = new HashMap<>();
    private final NavigableMap<Long, Entry> running = new TreeMap<>();
    private final Map<Long, Entry> all = new HashMap<>();
    private final List<Change> changes = new ArrayList<>();

    Ledger(int page) {
        this.page = page;
    }

    long now() {
        return System.nanoTime() / 1_000 - SKEW;
    }

    synchronized long create(String key, String jobId) {
        return byKey.computeIfAbsent(key, _ -> {
            var entry = new Entry(byKey.size() + 1, jobId);
            running.put(entry.number, entry);
            all.put(entry.number, entry);
            changes.add(new Change(now(), entry));
            return entry;
        }).number;
    }

    /** What runs, the newest first, a page of it: those with a smaller number than this. */
    synchronized List<String> list(long before) {
        return running.headMap(before, false).descendingMap().values().stream().limit(page).map(Entry::line).toList();
    }

    /** What has changed at this time or later, a page of it. */
    synchronized List<String> changes(long since, int skip) {
        int from = changes.size();
        while (from > 0 && changes.get(from - 1).at() >= since) {
            from--;
        }
        return changes.subList(Math.min(from + skip, changes.size()), changes.size())
                .stream()
                .limit(page)
                .map(change -> change.entry().line())
                .toList();
    }

    synchronized @Nullable String line(long number) {
        var entry = all.get(number);
        return entry == null ? null : entry.line();
    }

    /** It ends like this, if it has not ended. */
    synchronized void end(Entry entry, String state) {
        if (running.remove(entry.number) != null) {
            entry.state = state;
            changes.add(new Change(now(), entry));
        }
    }

    synchronized void end(long number, String state) {
        var entry = all.get(number);
        if (entry != null) {
            end(entry, state);
        }
    }

    /** It tells of another stage. */
    synchronized void advance(Entry entry) {
        entry.stage++;
        changes.add(new Change(now(), entry));
    }

    synchronized List<Entry> running() {
        return List.copyOf(running.values());
    }
}
