package dev.outboard.dispatcher.log;

/** Going on would harm, and starting again will not help: a person must look. The message says at what. */
public final class Stopped extends RuntimeException {
    private static final long serialVersionUID = 1;

    public Stopped(String message) {
        super(message);
    }
}
