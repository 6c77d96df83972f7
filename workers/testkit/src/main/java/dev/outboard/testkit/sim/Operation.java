package dev.outboard.testkit.sim;

/** What a request wants of a platform, whatever its path looks like there: faults are aimed by it. */
public enum Operation {
    /** Makes an external job. */
    CREATE,
    /** Looks one up by our key or label. */
    FIND,
    /** Asks for one by its handle. */
    POLL,
    /** Asks for many. */
    LIST,
    /** Asks to stop one. */
    CANCEL,
    /** Reads what one has left: its rows, its error, its log. */
    OUTPUT,
    /** Asks for an access token. */
    TOKEN,
    /** Anything else, such as discovery. */
    OTHER
}
