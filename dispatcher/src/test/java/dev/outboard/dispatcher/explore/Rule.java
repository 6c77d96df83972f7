package dev.outboard.dispatcher.explore;

/** The design's rules, as far as one can be taken away alone. */
enum Rule {
    /** Taken away: a transaction may be open while the loop polls. */
    R1_NO_TRANSACTION_ACROSS_POLL,
    /** Taken away: only commands carry a position; results and admissions do not. */
    R2_EVERY_TRANSACTION_CARRIES_POSITIONS,
    /** Taken away: positions are sent with the bare group id. */
    R3_MEMBERS_OWN_METADATA,
    /** Taken away: the end of the state log is looked up before the committed position. */
    R4_POSITION_THEN_END,
    /** Taken away: the restore reads to the last stable offset instead of the high watermark. */
    R5_READ_TO_HIGH_WATERMARK,
    /** Taken away: nobody ends a dead owner's transaction before its time-out. */
    R6_FENCE_THE_DEAD,
    /** Taken away: each worker creates under a key of its own. */
    R7_SAME_KEY,
    /** Taken away: what was wanted is not wanted again after a restore. */
    R7_DRIVE_AGAIN,
    /** Taken away: a worker that rejoins goes on with the row it had. */
    R7_DROP_WHAT_IS_LOST,
    /** Taken away: a cancel looks the key up, and believes "not found". */
    R8_OCCUPY_THE_KEY,
    /** Taken away: after an unknown commit the worker goes on as if it were done. */
    R9_CRASH_ON_DOUBT
}
