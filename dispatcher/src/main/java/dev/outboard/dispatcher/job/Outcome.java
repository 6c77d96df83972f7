package dev.outboard.dispatcher.job;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a connector's call told; the SPI's results, as the core sees them. */
public sealed interface Outcome {

    /** The check found nothing wrong, or {@code error}. */
    record Checked(@Nullable JobError error) implements Outcome {}

    /** The external job exists; this is how to find it. */
    record Exists(Handle handle, List<Link> links) implements Outcome {}

    /** A look-up by key shows nothing (yet). */
    record Absent() implements Outcome {}

    /** The platform refused the create; nothing exists under the key. */
    record Rejected(JobError error) implements Outcome {}

    /**
     * A create's outcome is not known.
     *
     * @param bug true if the connector threw what no platform's trouble explains
     */
    record Unknown(String cause, boolean bug) implements Outcome {}

    /** The platform asks for patience. */
    record Retry(Duration after, String reason) implements Outcome {}

    /** The call was not started: our own budget for the platform's account had no room for it in time; {@code why} is for people. */
    record HeldBack(String why) implements Outcome {}

    /** The platform could not be asked. */
    record Unreachable(String cause) implements Outcome {}

    /**
     * Not ended yet.
     *
     * @param links empty leaves what is known
     * @param progress from 0 to 1; null leaves what is known
     * @param info a Struct's bytes; null leaves what is known
     * @param pollAfter when to ask again, or null for the schedule
     */
    record Running(boolean queued, @Nullable String message, @Nullable Double progress, List<Link> links,
            @Nullable Bytes info, @Nullable Duration pollAfter) implements Outcome {}

    /**
     * Ended well.
     *
     * @param info as in {@link Running}
     * @param links as in {@link Running}
     */
    record Succeeded(Outputs outputs, @Nullable Bytes info, List<Link> links) implements Outcome {

        /** With outputs that a record takes, and the links that are known already. */
        public Succeeded(Bytes outputs, @Nullable Bytes info) {
            this(new Outputs.Inline(outputs), info, List.of());
        }
    }

    /**
     * Ended badly.
     *
     * @param info as in {@link Running}
     * @param links as in {@link Running}
     */
    record Failed(JobError error, @Nullable Bytes info, List<Link> links) implements Outcome {

        /** The same, with nothing more to tell. */
        public Failed(JobError error) {
            this(error, null, List.of());
        }
    }

    /** Stopped. */
    record Cancelled() implements Outcome {}

    /** The platform does not know the handle. */
    record Gone() implements Outcome {}

    /** The call was never started: this worker may not own the job any more. */
    record NotStarted() implements Outcome {}
}
