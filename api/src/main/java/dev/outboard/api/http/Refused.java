package dev.outboard.api.http;

/** Ends the handling of a request with a problem. Carries no stack: it is an answer, not a fault. */
public final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    Refused(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
