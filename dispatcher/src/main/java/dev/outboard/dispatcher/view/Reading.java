package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import java.util.List;

/** What reading a job gives. */
public sealed interface Reading {

    /**
     * The job.
     *
     * @param position give it back to read no older than this
     * @param conditions the record's own and those that only a reader sees (NoWorker, AsOf)
     */
    record Found(Job job, Position position, List<Condition> conditions) implements Reading {}

    /** There is none, or it is no longer remembered; the logs were read to their end. */
    record Unknown() implements Reading {}

    /** This process has not caught up, so it cannot say. {@code why} is for people. */
    record Behind(String why) implements Reading {}
}
