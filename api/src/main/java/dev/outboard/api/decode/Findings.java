package dev.outboard.api.decode;

import java.util.ArrayList;
import java.util.List;

/** Collects violations: at most {@value #MOST}, so that a long list of bad rows does not become a long answer. */
final class Findings {
    static final int MOST = 20;
    private final List<Violation> violations = new ArrayList<>();

    void add(String at, String detail) {
        if (violations.size() < MOST) {
            violations.add(new Violation(Pointers.sendable(at), detail));
        }
    }

    boolean any() {
        return !violations.isEmpty();
    }

    List<Violation> list() {
        return List.copyOf(violations);
    }
}
