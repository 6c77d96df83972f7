package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.State;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which jobs a list shows: those that meet every condition given.
 *
 * @param states any of them, empty for all
 * @param taskTypes any of them, empty for all
 * @param project or null for any
 * @param domain or null for any
 * @param name of the task, or null for any
 * @param labels all of them, with these values
 */
public record JobFilter(Set<State> states, Set<String> taskTypes, @Nullable String project, @Nullable String domain,
        @Nullable String name, Map<String, String> labels) {
    public JobFilter {
        states = Set.copyOf(states);
        taskTypes = Set.copyOf(taskTypes);
        labels = Map.copyOf(labels);
    }

    /** Shows every job. */
    public static JobFilter all() {
        return new JobFilter(Set.of(), Set.of(), null, null, null, Map.of());
    }

    boolean admits(Job job) {
        var accepted = job.accepted();
        return (states.isEmpty() || states.contains(job.state()))
                && (project == null || project.equals(accepted.tenant().project()))
                && (domain == null || domain.equals(accepted.tenant().domain()))
                && (name == null || name.equals(accepted.name()))
                && accepted.labels().entrySet().containsAll(labels.entrySet());
    }
}
