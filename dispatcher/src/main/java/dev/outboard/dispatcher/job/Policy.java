package dev.outboard.dispatcher.job;

import java.time.Duration;

/**
 * What the rules need to know of a task type's connector and of this installation.
 *
 * @param guarantee how the platform treats a repeated create
 * @param diesWithWorker true if its jobs live in the worker's process
 * @param callDeadline how long one call may take
 * @param window how long an ended job is remembered
 */
public record Policy(Guarantee guarantee, boolean diesWithWorker, Duration callDeadline, Duration window) {
    /** How often a job whose worker died is tried again, beside its own limit. */
    static final int MAX_LOST = 3;
    /** So many equal exceptions in a row of a create, or of an occupy, are a bug of the connector's, not an outage. */
    static final int MAX_BUGS = 5;
    /** Outputs larger than this, in bytes, do not go into the record. */
    public static final int MAX_OUTPUTS = 256 * 1024;
    /** After its deadline a request may still land this much later: sockets, proxies, retransmission. */
    private static final Duration STRAY = Duration.ofSeconds(60);

    /** How a platform treats a create that is repeated with the same key; the SPI's words. */
    public enum Guarantee {
        TOKEN, ADOPT, SEARCH, NONE
    }

    public Policy {
        if (guarantee == Guarantee.NONE && !diesWithWorker) {
            throw new IllegalArgumentException("a connector of guarantee NONE must have jobs that die with the worker: "
                    + "no policy is offered yet for a create whose outcome nobody can learn");
        }
    }

    /** True if no create of a key can take effect once its key is occupied. */
    boolean dedupesForGood() {
        return guarantee == Guarantee.ADOPT || diesWithWorker;
    }

    /** How long after its start a create may still land. */
    public Duration quarantine() {
        return callDeadline.plus(STRAY);
    }
}
