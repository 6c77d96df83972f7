package dev.outboard.dispatcher.view;

/** What became of a cancel. */
public sealed interface Cancellation {

    /** It is owed now. The job is as it was before; its position leads to the answer after. */
    record Owed(Reading.Found job) implements Cancellation {}

    /** The job has ended already. */
    record Ended(Reading.Found job) implements Cancellation {}

    /** There is no such job. */
    record Unknown() implements Cancellation {}

    /** This process has not caught up, so it cannot say. {@code why} is for people. */
    record Behind(String why) implements Cancellation {}
}
