package dev.outboard.connectors.duckdb;

import dev.outboard.spi.TaskError;

/** Ends a run with an error of the user's. */
final class UserFault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TaskError error;

    UserFault(TaskError error) {
        super(error.message());
        this.error = error;
    }

    TaskError error() {
        return error;
    }
}
