package dev.outboard.bench.staleness;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was measured on one kind of platform.
 *
 * @param changes true if it can say what has changed
 * @param seconds of the measurement
 * @param requests that came to the platform, of every kind
 * @param refused those of them that it answered with 429
 */
record Outcome(Plan plan, boolean changes, double seconds, long requests, long refused, Changes.Seen seen,
        WorkerNumbers worker) {
    private static final double MAX_LISTED = 15;
    private static final double MAX_CHANGED = 3;
    private static final double MAX_COST = 1.0 / 50;

    private double limit() {
        return changes ? MAX_CHANGED : MAX_LISTED;
    }

    private double p99() {
        return Changes.Seen.share(seen.changes(), 0.99);
    }

    private double cost() {
        return requests / Math.max(1, worker.jobs());
    }

    /** The goals that were missed, a sentence each. */
    List<String> missed() {
        var missed = new ArrayList<String>();
        if (p99() > limit()) {
            missed.add(
                    String.format(Locale.ROOT, "%s: staleness p99 is %.1f s, more than %.0f", name(), p99(), limit()));
        }
        // fewer jobs than these make a round that is mostly creates and cancels
        if (cost() > MAX_COST && plan.jobs() >= 50 * plan.page()) {
            missed.add(
                    String.format(Locale.ROOT, "%s: a refreshed job costs 1/%.0f of a request, more than 1/50", name(),
                            1 / cost()));
        }
        if (!seen.missed().isEmpty()) {
            missed.add(name() + ": " + seen.missed().size() + " were not seen at all, such as: "
                    + seen.missed().getFirst());
        }
        return missed;
    }

    private String name() {
        return changes ? "tells changes" : "lists all";
    }

    void print(PrintWriter out) {
        out.printf(Locale.ROOT, "a platform that %s: %d jobs, %.0f requests/s, %d jobs a page, %.0f s%n", name(),
                plan.jobs(), plan.perSecond(), plan.page(), seconds);
        row(out, "staleness", "p50 %.2f s, p99 %.2f s, longest %.2f s (%d changes); goal p99 <= %.0f s",
                Changes.Seen.share(seen.changes(), 0.5), p99(), Changes.Seen.share(seen.changes(), 1),
                seen.changes().length, limit());
        row(out, "cancels", "p50 %.2f s, longest %.2f s (%d)", Changes.Seen.share(seen.cancels(), 0.5),
                Changes.Seen.share(seen.cancels(), 1), seen.cancels().length);
        row(out, "requests", "%.1f a second of every kind, %d answered 429", requests / seconds, refused);
        row(out, "cost", "1/%.0f request a refreshed job (%.0f jobs in %.0f rounds); goal <= 1/50", 1 / cost(),
                worker.jobs(), worker.rounds());
        row(out, "worker", "%.1f %% of a core, %.1f turns of the lane a round",
                100 * worker.cpu().toMillis() / 1000.0 / seconds, worker.turns() / Math.max(1, worker.rounds()));
        out.println();
        out.flush();
    }

    private static void row(PrintWriter out, String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-10s " + String.format(Locale.ROOT, format, values).replace("%", "%%") + "%n", name);
    }
}
