package dev.outboard.dispatcher.sim;

/** One promise broken on purpose: the checker must find each. None of them is a hook in production code. */
enum Mutation {
    NONE,
    /** Positions are accepted from a member whose generation is over. */
    NO_FENCE,
    /** A commit is reported as done before it is. */
    EFFECT_BEFORE_COMMIT,
    /** The lane is handed cancels of no job. */
    FORGET_CANCEL,
    /** A key is looked up where it should be occupied, and "not found" is believed. */
    NO_LOOK_UP,
    /** The lane is not told that it lost a partition. */
    KEEP_ROWS,
    /** A replica says "unknown" without the barrier. */
    EARLY_404,
    /** An outcome that its own call no longer waits for goes to whoever asks for this job now. */
    FOREIGN_RESULT,
    /** The restore reads to the last stable offset. */
    RESTORE_TO_STABLE
}
