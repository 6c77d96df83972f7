package dev.outboard.testkit.example;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One job of the service, and all that happened to it. Guarded by the service's lock. */
final class ServiceJob {
    /** @param shown when lists begin to tell of it */
    private record Change(String state, Instant at, Instant shown) {}

    final String id;
    final String token;
    final Map<String, String> labels;
    final String command;
    final Instant createdAt;
    int cancels;
    private final List<Change> changes = new ArrayList<>();

    ServiceJob(String id, String token, Map<String, String> labels, String command, Instant createdAt, Duration lag) {
        this.id = id;
        this.token = token;
        this.labels = labels;
        this.command = command;
        this.createdAt = createdAt;
        become("RUNNING", createdAt, lag);
    }

    void become(String state, Instant at, Duration lag) {
        changes.add(new Change(state, at, at.plus(lag)));
    }

    String state() {
        return changes.getLast().state();
    }

    boolean live() {
        return state().equals("RUNNING") || state().equals("CANCELLING");
    }

    /** As lists show it now; empty if they do not yet, or if it has not changed since. */
    Optional<Map<String, Object>> listed(Instant now, Instant since) {
        return changes.reversed()
                .stream()
                .filter(change -> !change.shown().isAfter(now))
                .findFirst()
                .filter(change -> !change.at().isBefore(since))
                .map(change -> json(change.state()));
    }

    Map<String, Object> json(String state) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", id);
        json.put("labels", labels);
        json.put("command", command);
        json.put("state", state);
        json.put("createdAt", createdAt.toEpochMilli());
        if (state.equals("SUCCEEDED")) {
            json.put("result", "did " + command);
        }
        return json;
    }
}
