package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Policy;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A task type as a worker serves it.
 *
 * @param versions the task type versions its connector understands
 * @param connector the connector's name
 * @param maxJobs how many jobs one lane carries between SUBMITTING and their end; beyond it they wait
 */
public record ServedType(String taskType, SortedSet<Integer> versions, String connector, String connectorVersion,
        Policy policy, int maxJobs) {

    /** Whether a lane that serves this serves {@code other} as well: only what is said of it differs. */
    public boolean runsAs(@Nullable ServedType other) {
        return other != null && taskType.equals(other.taskType) && policy.equals(other.policy)
                && maxJobs == other.maxJobs;
    }
}
