package dev.outboard.crash.history;

/** What a caller was told. */
public sealed interface Result {
    /**
     * A create was accepted.
     *
     * @param replayed whether the answer says that the job existed before
     */
    record Created(boolean replayed) implements Result {
        @Override
        public String toString() {
            return replayed ? "created before" : "created";
        }
    }

    /** A get was answered with this version of the job; versions are ordered by incarnation, then rev. */
    record Saw(long incarnation, long rev) implements Result {
        @Override
        public String toString() {
            return "saw " + incarnation + "." + rev;
        }
    }

    /** A get was told that there is no such job. */
    record NotFound() implements Result {
        @Override
        public String toString() {
            return "not found";
        }
    }

    /** No answer, or one that promises nothing. A create may still take effect; a get says nothing. */
    record Unknown() implements Result {
        @Override
        public String toString() {
            return "unknown";
        }
    }
}
