package dev.outboard.crash.verdict;

import dev.outboard.crash.drive.Final;
import dev.outboard.crash.drive.Note;
import dev.outboard.crash.platform.External;
import dev.outboard.crash.platform.External.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the platform did, held against what it should have done. */
final class Effects {
    private final Evidence evidence;
    private final Map<String, List<External>> byJob;
    private final Map<String, @Nullable Final> last;
    private final long now;

    Effects(Evidence evidence) {
        this.evidence = evidence;
        byJob = evidence.byJob();
        last = evidence.last();
        now = evidence.ledger().now();
    }

    /** More than one external job for an attempt, or for an external key. */
    List<String> duplicates() {
        var found = new ArrayList<String>();
        var firsts = new HashMap<String, External>();
        for (var external : evidence.ledger().jobs()) {
            var first = firsts.putIfAbsent(external.job() + " attempt " + external.attempt(), external);
            var same = firsts.putIfAbsent(external.key(), external);
            var before = first == null ? same : first;
            if (before != null) {
                found.add(told(external) + " was created although there was " + before.id());
            }
        }
        return found;
    }

    /** What runs and should not: its job has ended, nobody claims it, or another attempt's is there too. */
    List<String> orphans() {
        var found = new ArrayList<String>();
        var claimed = new HashSet<String>();
        evidence.seen().stream().map(Note.Seen::id).filter(Objects::nonNull).forEach(claimed::add);
        for (var external : evidence.ledger().jobs()) {
            var end = last.get(external.job());
            if (!claimed.contains(external.job())) {
                found.add(told(external) + " is of a job that nobody was told of");
            } else if (external.state(now) == State.RUNNING && end != null && end.endedAt() > 0) {
                found.add(told(external) + " runs although its job is " + end.state());
            }
        }
        byJob.values().forEach(ofJob -> overlaps(ofJob, found));
        return found;
    }

    private static void overlaps(List<External> ofJob, List<String> found) {
        for (int i = 0; i < ofJob.size(); i++) {
            for (var later : ofJob.subList(i + 1, ofJob.size())) {
                var earlier = ofJob.get(i);
                if (earlier.attempt() != later.attempt() && later.createdAt() < earlier.endedAt()) {
                    found.add(told(later) + " began while " + told(earlier) + " ran");
                }
            }
        }
    }

    /** Jobs that were cancelled as asked, and of which the platform still runs something or finished it. */
    List<String> cancelsNotHonoured() {
        var found = new ArrayList<String>();
        for (var seen : evidence.seen()) {
            var end = seen.id() == null ? null : last.get(seen.id());
            if (!seen.cancelAccepted() || end == null || !"CANCELLED".equals(end.state())) {
                continue;
            }
            for (var external : byJob.getOrDefault(seen.id(), List.of())) {
                var state = external.state(now);
                // its own end may win over a cancel, but then that is the job's end too
                boolean finished = state != State.CANCELLED
                        && (external.attempt() == end.attempt() || external.endedAt() > end.endedAt());
                if (finished) {
                    found.add(told(external) + " is " + state + " although its job is CANCELLED");
                }
            }
        }
        return found;
    }

    private static String told(External external) {
        return external.id() + " (job " + external.number() + " " + external.job() + " attempt " + external.attempt()
                + ")";
    }
}
