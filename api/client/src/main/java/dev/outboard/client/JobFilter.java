package dev.outboard.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which jobs a list shows: those that all of these hold for. Immutable; every method gives a new one. */
public final class JobFilter {
    private static final int LARGEST_PAGE = 500;
    private static final JobFilter ALL = new JobFilter(List.of());

    private final List<String> parameters;

    private JobFilter(List<String> parameters) {
        this.parameters = parameters;
    }

    /** Every job that the server remembers. */
    public static JobFilter all() {
        return ALL;
    }

    /**
     * In one of these states; none at all means any.
     *
     * @throws IllegalArgumentException if one is {@link JobState#UNKNOWN}
     */
    public JobFilter states(Collection<JobState> states) {
        if (states.contains(JobState.UNKNOWN)) {
            throw new IllegalArgumentException("UNKNOWN is no state of a server");
        }
        return states.isEmpty() ? this : with("state", String.join(",", states.stream().map(JobState::name).toList()));
    }

    /** Of this task type; several calls mean any of them. */
    public JobFilter taskType(String taskType) {
        return with("task_type", taskType);
    }

    public JobFilter project(String project) {
        return with("project", project);
    }

    public JobFilter domain(String domain) {
        return with("domain", domain);
    }

    /** With exactly this name. */
    public JobFilter name(String name) {
        return with("name", name);
    }

    /** With this label; several calls mean all of them. */
    public JobFilter label(String key, String value) {
        return with("label", key + "=" + value);
    }

    /**
     * How many jobs a page has at most.
     *
     * @throws IllegalArgumentException if it is not in 1..500
     */
    public JobFilter pageSize(int jobs) {
        if (jobs < 1 || jobs > LARGEST_PAGE) {
            throw new IllegalArgumentException("a page has 1 to " + LARGEST_PAGE + " jobs, not " + jobs);
        }
        return with("limit", String.valueOf(jobs));
    }

    JobFilter pageToken(String token) {
        return with("page_token", token);
    }

    /** With the question mark, or empty. */
    String query() {
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }

    private JobFilter with(String name, String value) {
        var all = new ArrayList<>(parameters);
        all.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        return new JobFilter(List.copyOf(all));
    }
}
