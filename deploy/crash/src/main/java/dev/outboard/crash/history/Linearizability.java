package dev.outboard.crash.history;

import dev.outboard.crash.history.Result.Unknown;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Whether a history is linearizable (Herlihy and Wing): whether for each job there is one order of its operations, in which an
 * operation that ended before another began comes first, and in which each was told what a single job would have told.
 * Jobs are objects of their own, and linearizability is local, so each is checked by itself, by Wing and Gong's search
 * with Lowe's memoisation.
 *
 * <p>
 * The job: it is created once, by a create that is told so or by one of unknown outcome, at any time after its start; a repeated
 * create is told so; before, it is not found; from then on it is, in versions that never go back. Gets of unknown outcome
 * are left out.
 */
public final class Linearizability {
    private static final int SHOWN = 5;

    private Linearizability() {}

    /** The jobs that no order explains, one violation for each, in the order of their first operations. */
    public static List<Violation> check(History history) {
        var violations = new ArrayList<Violation>();
        jobs(history).forEach((job, operations) -> {
            if (!explained(operations)) {
                var least = Evidence.least(operations, Linearizability::explained);
                violations.add(new Violation(job, Evidence.why(least), least));
            }
        });
        return List.copyOf(violations);
    }

    /**
     * For a report: what was checked, and the first violations found.
     *
     * @param violations what {@link #check} said of this history
     */
    public static String report(History history, List<Violation> violations) {
        var operations = history.operations();
        long unknown = operations.stream().filter(o -> o.result() instanceof Unknown).count();
        var checked = String.format(Locale.ROOT, "%,d operations on %,d jobs (%,d of unknown outcome): ",
                operations.size(), jobs(history).size(), unknown);
        if (violations.isEmpty()) {
            return checked + "linearizable";
        }
        return violations.stream()
                .limit(SHOWN)
                .map(violation -> "\n" + violation)
                .collect(Collectors.joining("", checked + violations.size() + " not linearizable",
                        violations.size() > SHOWN ? "\nand " + (violations.size() - SHOWN) + " more" : ""));
    }

    private static Map<String, List<Operation>> jobs(History history) {
        return history.operations()
                .stream()
                .filter(operation -> !operation.silent())
                .sorted(Comparator.comparingLong(Operation::start))
                .collect(Collectors.groupingBy(Operation::job, LinkedHashMap::new, Collectors.toList()));
    }

    private static boolean explained(List<Operation> operations) {
        var starts = operations.stream().mapToLong(Operation::start).toArray();
        var ends = operations.stream().mapToLong(Operation::deadline).toArray();
        return new Search<>(starts, ends, JobState.ABSENT, (state, i) -> state.after(operations.get(i))).found();
    }
}
