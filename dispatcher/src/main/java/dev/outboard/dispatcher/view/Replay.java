package dev.outboard.dispatcher.view;

/** What became of asking for a dead letter to be taken again. */
public sealed interface Replay {

    /**
     * It is in the log once more. The job is as it was before; its position leads to the answer after. Of several that are
     * asked for at one time the first counts.
     */
    record Taken(Reading.Found job) implements Replay {}

    /** The job has no use for it any more: it began anew, it has ended, or it was there before. Nothing was written. */
    record Unfit(Reading.Found job) implements Replay {}

    /** This version cannot take it either; {@code why} is for people. */
    record Unreadable(String why) implements Replay {}

    /** There is no such letter, or its job is forgotten. */
    record Unknown() implements Replay {}

    /** This process has not caught up, so it cannot say. {@code why} is for people. */
    record Behind(String why) implements Replay {}
}
