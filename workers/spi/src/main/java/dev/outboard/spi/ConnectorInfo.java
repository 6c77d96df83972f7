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
 * @param batches true if it answers {@link Connector#pollAll}
 * @param requestsPerSecond how many requests one account takes from one worker, more than zero; infinite for as many as
 *     come. The setting {@code requests-per-second}, which every connector has, overrides it
 */
public record ConnectorInfo(String name, String version, Map<String, Set<Integer>> taskTypes, Guarantee guarantee,
        boolean diesWithWorker, int maxJobs, Duration callDeadline, boolean batches, double requestsPerSecond) {

    /** A connector without batches and without a budget. */
    public ConnectorInfo(String name, String version, Map<String, Set<Integer>> taskTypes, Guarantee guarantee,
            boolean diesWithWorker, int maxJobs, Duration callDeadline) {
        this(name, version, taskTypes, guarantee, diesWithWorker, maxJobs, callDeadline, false,
                Double.POSITIVE_INFINITY);
    }

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
        if (!(requestsPerSecond > 0)) {
            throw new IllegalArgumentException("requestsPerSecond must be more than zero, is " + requestsPerSecond);
        }
    }
}
