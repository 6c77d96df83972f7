package dev.outboard.spi;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What a connector is and promises.
 *
 * @param name for people, such as "BigQuery"
 * @param version of the connector, written into each job it creates
 * @param taskTypes the task types it serves, each with the task type versions it understands (0 for {@code v0})
 * @param guarantee how the platform treats a repeated create
 * @param diesWithWorker true if its jobs live in the worker's process and end with it (an embedded engine)
 * @param maxJobs how many of its jobs one worker carries at a time, at least 1; beyond it jobs wait
 * @param callDeadline how long one call may take, more than zero
 */
public record ConnectorInfo(String name, String version, Map<String, Set<Integer>> taskTypes, Guarantee guarantee,
        boolean diesWithWorker, int maxJobs, Duration callDeadline) {
    public ConnectorInfo {
        taskTypes = Map.copyOf(taskTypes);
        if (taskTypes.isEmpty()) {
            throw new IllegalArgumentException("taskTypes must name at least one task type");
        }
        if (maxJobs < 1) {
            throw new IllegalArgumentException("maxJobs must be at least 1, is " + maxJobs);
        }
        if (!callDeadline.isPositive()) {
            throw new IllegalArgumentException("callDeadline must be more than zero, is " + callDeadline);
        }
    }
}
