package dev.outboard.crash.history;

import dev.outboard.crash.history.Result.Created;
import dev.outboard.crash.history.Result.NotFound;
import dev.outboard.crash.history.Result.Saw;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** The few operations that show a violation, and what they say. */
final class Evidence {
    private Evidence() {}

    /**
     * Drops what can be missed: halves, quarters, at last single operations. Only what observes is dropped: without its
     * create a job that was seen is always a violation.
     *
     * @param operations not explained by any order
     * @param explained  whether an order explains these
     */
    static List<Operation> least(List<Operation> operations, Predicate<List<Operation>> explained) {
        var kept = operations;
        for (int size = operations.size(); size > 0; size /= 2) {
            for (int from = 0; from < kept.size();) {
                var fewer = without(kept, from, size);
                if (fewer.size() < kept.size() && !explained.test(fewer)) {
                    kept = fewer;
                } else {
                    from += size;
                }
            }
        }
        return kept;
    }

    private static List<Operation> without(List<Operation> all, int from, int size) {
        var fewer = new ArrayList<Operation>();
        for (int i = 0; i < all.size(); i++) {
            if (i < from || i >= from + size || makes(all.get(i))) {
                fewer.add(all.get(i));
            }
        }
        return fewer;
    }

    private static boolean makes(Operation operation) {
        return operation.kind() == Kind.CREATE
                && !(operation.result() instanceof Created(var replayed) && replayed);
    }

    /** What is wrong with them. */
    static String why(List<Operation> least) {
        var observers = least.stream().filter(operation -> !makes(operation)).toList();
        if (observers.isEmpty()) {
            return "it was created more than once";
        }
        var last = observers.getLast();
        if (last.result() instanceof NotFound) {
            return "it was not found after somebody was told of it";
        }
        if (observers.size() > 1 && last.result() instanceof Saw(var incarnation, var rev)
                && observers.getFirst().result() instanceof Saw(var before, var higher)) {
            return "it went back from " + before + "." + higher + " to " + incarnation + "." + rev;
        }
        return "somebody was told of it before it was created";
    }
}
