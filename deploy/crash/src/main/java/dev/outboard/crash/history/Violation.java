package dev.outboard.crash.history;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A job that no order of its operations explains.
 *
 * @param why        a sentence
 * @param operations the evidence, by start: the create, and of the others only those without which there would be no violation
 */
public record Violation(String job, String why, List<Operation> operations) {
    /** For people: the sentence, then a line for each operation. */
    @Override
    public String toString() {
        return operations.stream()
                .map(operation -> "\n    " + operation)
                .collect(Collectors.joining("", "job " + job + ": " + why, ""));
    }
}
