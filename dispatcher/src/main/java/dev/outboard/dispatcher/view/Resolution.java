package dev.outboard.dispatcher.view;

/** What became of a person's word on a job. */
public sealed interface Resolution {

    /** It is in the log. The job is as it was before; its position leads to the answer after. */
    record Taken(Reading.Found job) implements Resolution {}

    /** It cannot be said of the job as it is: ended, with a known outcome, or in another attempt. Nothing was written. */
    record Unfit(Reading.Found job) implements Resolution {}

    /** There is no such job. */
    record Unknown() implements Resolution {}

    /** This process has not caught up, so it cannot say. {@code why} is for people. */
    record Behind(String why) implements Resolution {}
}
