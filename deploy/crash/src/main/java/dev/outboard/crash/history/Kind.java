package dev.outboard.crash.history;

/** What a caller asks for. */
public enum Kind {
    CREATE, GET
}
