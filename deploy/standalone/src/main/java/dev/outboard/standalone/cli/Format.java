package dev.outboard.standalone.cli;

/** How data is printed. */
enum Format {
    /** Columns or a sheet for a person. */
    TABLE,
    /** The same with more columns and absolute times. */
    WIDE,
    /** The server's JSON, indented. */
    JSON,
    /** The server's JSON, one line each. */
    JSONL,
    /** Ids or names alone, one a line. */
    NAME
}
