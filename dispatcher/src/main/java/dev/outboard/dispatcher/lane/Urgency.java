package dev.outboard.dispatcher.lane;

import java.time.Instant;
import java.util.Comparator;

/**
 * Whose call is started first where many want one: after a takeover, thousands may. What is owed comes before what is in
 * doubt, that before what is new, and polls come last; among equals who has waited longest.
 */
final class Urgency {
    static final Comparator<Row> ORDER = Comparator.comparingInt(Urgency::rank).thenComparing(Urgency::since);

    private Urgency() {}

    private static int rank(Row row) {
        return switch (row.job.state()) {
            case CANCELLING -> 0;
            case SUBMITTING -> 1;
            case QUEUED, WAITING -> 2;
            case RUNNING, SUCCEEDED, FAILED, CANCELLED -> 3;
        };
    }

    private static Instant since(Row row) {
        var job = row.job;
        var cancel = job.cancel();
        var submitted = job.attempt().submittedAt();
        return switch (job.state()) {
            case CANCELLING -> cancel == null ? job.times().updatedAt() : cancel.at();
            case SUBMITTING -> submitted == null ? job.times().updatedAt() : submitted;
            case QUEUED, WAITING -> job.accepted().at();
            case RUNNING, SUCCEEDED, FAILED, CANCELLED -> job.times().updatedAt();
        };
    }
}
