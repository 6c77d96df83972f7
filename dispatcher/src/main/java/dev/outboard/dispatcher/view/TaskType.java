package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.util.SortedSet;

/**
 * A task type that is known.
 *
 * @param versions the task type versions that can be handed over
 * @param partitions of its topics
 * @param served true if a worker serves it now
 */
public record TaskType(String name, SortedSet<Integer> versions, String connector, String connectorVersion,
        Guarantee guarantee, int partitions, boolean served) {}
