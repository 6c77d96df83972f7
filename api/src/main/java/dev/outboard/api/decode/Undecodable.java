package dev.outboard.api.decode;

import java.util.List;

/** A body that is no create call. */
public final class Undecodable extends Exception {
    private static final long serialVersionUID = 1;

    /** What kind of wrong. */
    public enum Kind {
        /** Not JSON, or JSON that this reader refuses; the message tells line and column. */
        MALFORMED,
        /** JSON that says something impossible; the violations tell where. */
        INVALID,
        /** JSON that holds the value of a secret; the violations tell where. */
        SECRET,
        /** More than may be kept. */
        TOO_LARGE
    }

    private final transient Kind kind;
    private final transient String why;
    private final transient List<Violation> violations;

    private Undecodable(Kind kind, String message, List<Violation> violations) {
        super(message);
        this.kind = kind;
        this.why = message;
        this.violations = violations;
    }

    static Undecodable malformed(String message) {
        return new Undecodable(Kind.MALFORMED, message, List.of());
    }

    static Undecodable tooLarge(String message) {
        return new Undecodable(Kind.TOO_LARGE, message, List.of());
    }

    static Undecodable invalid(Findings findings) {
        return of(Kind.INVALID, findings);
    }

    static Undecodable secret(Findings findings) {
        return of(Kind.SECRET, findings);
    }

    private static Undecodable of(Kind kind, Findings findings) {
        var list = findings.list();
        var first = list.getFirst();
        var message = (first.pointer().isEmpty() ? "the body" : first.pointer()) + " " + first.detail()
                + (list.size() == 1 ? "" : "; and " + (list.size() - 1) + " more");
        return new Undecodable(kind, message, list);
    }

    public Kind kind() {
        return kind;
    }

    /** For the caller: bounded, and without the caller's values. */
    public String why() {
        return why;
    }

    /** What is wrong where; empty unless {@link Kind#INVALID} or {@link Kind#SECRET}. */
    public List<Violation> violations() {
        return violations;
    }
}
