package dev.outboard.standalone.log;

/** How log records are written. */
public enum LogFormat {
    /** One line for people. */
    TEXT,
    /** One JSON object a line, for machines. */
    JSON
}
