package dev.outboard.crash.verdict;

import java.util.List;

/**
 * One number of the verdict.
 *
 * @param found one sentence for each that was counted
 * @param promised true if it must be 0
 */
public record Finding(String name, List<String> found, boolean promised) {
    public Finding {
        found = List.copyOf(found);
    }

    public int count() {
        return found.size();
    }

    public boolean fails() {
        return promised && !found.isEmpty();
    }
}
