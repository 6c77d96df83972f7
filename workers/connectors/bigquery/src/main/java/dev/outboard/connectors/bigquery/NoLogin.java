package dev.outboard.connectors.bigquery;

import dev.outboard.spi.TaskError;

/** No credentials, or Google takes them for no good. Nothing was sent to BigQuery. */
final class NoLogin extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TaskError error;
    private final boolean passing;

    /** @param passing true if the same may well be granted a little later */
    NoLogin(TaskError error, boolean passing) {
        super(error.message(), null, false, false);
        this.error = error;
        this.passing = passing;
    }

    TaskError error() {
        return error;
    }

    boolean passing() {
        return passing;
    }
}
