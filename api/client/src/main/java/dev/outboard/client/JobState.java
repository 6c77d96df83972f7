package dev.outboard.client;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** The states of a job. */
public enum JobState {
    /** Accepted, not yet handed to the platform. */
    QUEUED,
    /** Held back before its platform was asked, by a quota or a back-off. */
    WAITING,
    /** The platform is being asked; whether it has the job may not be known yet. */
    SUBMITTING,
    /** The platform has it. */
    RUNNING,
    /** A cancel is owed, and the platform has not confirmed it. */
    CANCELLING,
    /** Ended well. */
    SUCCEEDED,
    /** Ended with an {@linkplain Job#error error}. */
    FAILED,
    /** Ended because it was cancelled. */
    CANCELLED,
    /** A state that this client does not know, as a later server may have; {@link Job#stateText} is its name. */
    UNKNOWN;

    /** Whether a job in this state stays in it. */
    public boolean ended() {
        return this == SUCCEEDED || this == FAILED || this == CANCELLED;
    }

    /** The known states that are not the last of a job. */
    public static Set<JobState> live() {
        return Collections.unmodifiableSet(EnumSet.of(QUEUED, WAITING, SUBMITTING, RUNNING, CANCELLING));
    }

    static JobState of(String text) {
        for (var state : values()) {
            if (state.name().equals(text)) {
                return state;
            }
        }
        return UNKNOWN;
    }
}
