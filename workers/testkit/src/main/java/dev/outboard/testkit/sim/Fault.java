package dev.outboard.testkit.sim;

/** What goes wrong with one request. */
public sealed interface Fault {
    /**
     * The platform answers this instead.
     *
     * @param afterEffect true if it does what was asked all the same
     */
    record Answer(Reply reply, boolean afterEffect) implements Fault {}

    /** The connection is closed without an answer; {@code afterEffect} as above. */
    record Drop(boolean afterEffect) implements Fault {}

    /** No answer comes for as long as the simulator lives; {@code afterEffect} as above. */
    record Hang(boolean afterEffect) implements Fault {}

    /** The effect is done and half of the true answer arrives. */
    record Truncate() implements Fault {}
}
