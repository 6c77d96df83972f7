package dev.outboard.crash.verdict;

import dev.outboard.crash.drive.Final;
import dev.outboard.crash.drive.Note;
import dev.outboard.crash.history.Violation;
import dev.outboard.crash.platform.External;
import dev.outboard.crash.platform.Ledger;
import dev.outboard.spi.Guarantee;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that is compared.
 *
 * @param seen what clients noted, one for each job
 * @param violations jobs whose history no order of its operations explains
 * @param finals each acknowledged job's last record, one for each replica
 */
public record Evidence(Guarantee guarantee, Ledger ledger, List<Note.Seen> seen, List<Final> finals,
        List<Violation> violations) {
    public Evidence {
        seen = List.copyOf(seen);
        finals = List.copyOf(finals);
        violations = List.copyOf(violations);
    }

    /** The platform's jobs by the Outboard job that they say they are of, in order of creation. */
    Map<String, List<External>> byJob() {
        var jobs = new HashMap<String, List<External>>();
        for (var external : ledger.jobs()) {
            jobs.computeIfAbsent(external.job(), _ -> new ArrayList<>()).add(external);
        }
        return jobs;
    }

    /** A job's last record: the furthest that any replica shows; null where none knows it. */
    Map<String, @Nullable Final> last() {
        var last = new HashMap<String, @Nullable Final>();
        for (var each : finals) {
            if (each.state() != null) {
                last.merge(each.id(), each, (a, b) -> a.place().compareTo(b.place()) < 0 ? b : a);
            }
        }
        return last;
    }
}
