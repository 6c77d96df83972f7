package dev.outboard.api.decode;

/** What to do with members and enum names that this version does not know. */
public enum Unknown {
    /** Leave them out: a newer propeller may send them. */
    IGNORED,
    /** Refuse them: a person may have mistyped. */
    REFUSED
}
