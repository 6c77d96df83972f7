package dev.outboard.support;

import dev.outboard.spi.TaskError;

/** The job is wrong, and this is the error to fail it with. No stack trace: it never is a bug. */
public final class UserFault extends Exception {
    private static final long serialVersionUID = 1;

    private final transient TaskError error;

    public UserFault(TaskError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    /** {@link TaskError#user(String, String, String)}, thrown. */
    public UserFault(String code, String message, String pointer) {
        this(TaskError.user(code, message, pointer));
    }

    public TaskError error() {
        return error;
    }
}
