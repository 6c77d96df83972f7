package dev.outboard.crash.drive;

import java.util.concurrent.atomic.AtomicLong;

/** What all clients together did and met. Safe for many threads. */
public final class Counts {
    public final AtomicLong accepted = new AtomicLong();
    public final AtomicLong ended = new AtomicLong();
    /** Creates that were repeated after their acknowledgement, on the other replica. */
    public final AtomicLong repeats = new AtomicLong();
    /** Requests without an answer, or with one that says that the outcome is not known. */
    public final AtomicLong unknownOutcomes = new AtomicLong();
    /** Requests that were refused for now. */
    public final AtomicLong refusals = new AtomicLong();
    public final AtomicLong cancelsAccepted = new AtomicLong();
    public final AtomicLong cancelsSubmitting = new AtomicLong();
    public final AtomicLong reads = new AtomicLong();
    /** Reads that may be old, and say so. */
    public final AtomicLong asOf = new AtomicLong();
}
