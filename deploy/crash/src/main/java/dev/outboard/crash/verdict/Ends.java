package dev.outboard.crash.verdict;

import dev.outboard.crash.drive.Final;
import dev.outboard.crash.drive.Note;
import dev.outboard.crash.platform.External;
import dev.outboard.crash.platform.External.State;
import dev.outboard.crash.platform.Script;
import dev.outboard.spi.Guarantee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How the jobs ended, held against how they should have. */
final class Ends {
    private final Evidence evidence;
    private final Map<String, List<External>> byJob;
    private final Map<String, @Nullable Final> last;
    private final Set<String> refused;

    Ends(Evidence evidence) {
        this.evidence = evidence;
        byJob = evidence.byJob();
        last = evidence.last();
        refused = new HashSet<>(evidence.ledger().refused());
    }

    /** Jobs that were never acknowledged, or are unknown, have not ended, or ended otherwise than the platform's did. */
    List<String> lost() {
        var found = new ArrayList<String>();
        for (var seen : evidence.seen()) {
            var why = lost(seen);
            if (!why.isEmpty()) {
                found.add("job " + seen.script().number() + " " + seen.id() + " " + why);
            }
        }
        return found;
    }

    private String lost(Note.Seen seen) {
        if (seen.id() == null) {
            return "was never acknowledged";
        }
        var end = last.get(seen.id());
        if (end == null) {
            return "is known to no replica";
        }
        var state = end.state();
        if (state == null || end.endedAt() == 0) {
            return "has not ended: it is " + state;
        }
        return switch (state) {
            case "SUCCEEDED" -> ended(seen.id(), end, State.SUCCEEDED)
                    ? ""
                    : "is SUCCEEDED although its attempt " + end.attempt() + " did not succeed on the platform";
            case "FAILED" -> failed(seen.id(), end) ? "" : "is FAILED (" + end.error() + ") and nothing failed";
            case "CANCELLED" -> seen.script().cancel() == Script.Cancel.NOT
                    ? "is CANCELLED and nobody asked"
                    : "";
            default -> "ended as " + state;
        };
    }

    private boolean failed(String id, Final end) {
        boolean workerLost = evidence.guarantee() == Guarantee.NONE && end.error().equals("WorkerLost");
        return workerLost || refused.contains(id) || ended(id, end, State.FAILED) || ended(id, end, State.FAILED_ONCE);
    }

    private boolean ended(String id, Final end, State state) {
        return byJob.getOrDefault(id, List.of())
                .stream()
                .anyMatch(e -> e.attempt() == end.attempt() && e.state(evidence.ledger().now()) == state);
    }

    /** Jobs of which the replicas show different ends. */
    List<String> disagreements() {
        var found = new ArrayList<String>();
        var firsts = new HashMap<String, Final>();
        for (var each : evidence.finals()) {
            var first = firsts.putIfAbsent(each.id(), each);
            if (first != null && !(String.valueOf(first.state()).equals(String.valueOf(each.state()))
                    && first.place().equals(each.place()))) {
                found.add("job " + each.id() + " is " + first.state() + " " + first.place() + " on replica "
                        + (first.replica() + 1) + " and " + each.state() + " " + each.place() + " on replica "
                        + (each.replica() + 1));
            }
        }
        return found;
    }
}
