package dev.outboard.dispatcher.wire;

/**
 * A newer Outboard wrote this. Not poison: a rolling upgrade; whoever reads it must stop here and be upgraded rather than
 * skip what it does not understand.
 */
public final class NewerWriter extends RuntimeException {
    private static final long serialVersionUID = 1;

    NewerWriter(String what, int major) {
        super(what + " has schema major " + major + ", this process knows " + Wire.MAJOR + ": upgrade it");
    }

    NewerWriter(String what) {
        super(what + " is of a kind that this process does not know: upgrade it");
    }
}
