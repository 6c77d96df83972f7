package dev.outboard.dispatcher.wire;

/** These bytes are not what they should be. Poison: it concerns one record. */
public final class Undecodable extends Exception {
    private static final long serialVersionUID = 1;

    public Undecodable(String message) {
        super(message);
    }
}
