package dev.outboard.runtime.budget;

/** What a request is for, the most urgent first. */
public enum Urgency {
    /** What a cancel wants. */
    OWED,
    /** A create, or the search for one. */
    NEW,
    /** How one job is doing. */
    POLL,
    /** How many jobs are doing, or what exists; has a share of its own. */
    LIST
}
