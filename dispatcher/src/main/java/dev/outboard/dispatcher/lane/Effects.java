package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Outcome;
import java.util.function.Consumer;

/** Runs the calls that jobs want. The workers' runtime implements it over connectors. */
public interface Effects {

    /**
     * Starts a call and returns at once; never throws and never blocks, for the lane's own thread asks.
     *
     * @param done gets exactly one outcome, from any thread; a connector's exception becomes an outcome too
     */
    void start(Call call, Consumer<Outcome> done);

    /**
     * The job wants something else by now than the poll that was started: if it is only waiting, it gets its outcome at
     * once (NotStarted). Returns at once, as {@link #start}; need do nothing.
     */
    default void recall(Call call) {}

    /**
     * Gives the checks of a task type that were just started a moment to end, so that one transaction takes in the create
     * and what its check said. A millisecond or two at most; need not wait at all.
     */
    default void awaitChecks(String taskType) {}
}
