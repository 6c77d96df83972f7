package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.lane.ServedType;
import java.util.Collection;
import java.util.function.Predicate;

/** The lanes of a worker, as plug-ins that come and go want them. One thread calls; methods block. */
public interface Lanes {

    /** Starts to serve a task type that has no lane here. */
    void serve(ServedType type);

    /**
     * Says that another version of its connector serves the task type of a lane that runs on, and sweeps with it.
     *
     * @return false if it could not be said now: to be repeated
     */
    boolean describe(ServedType type);

    /** Closes the lanes of these task types, so that other workers take over; no call is started by them any more. */
    void leave(Collection<String> taskTypes);

    /** Whether a live job of this task type is here that is such; true also while that cannot be said. */
    boolean any(String taskType, Predicate<Job> such);
}
