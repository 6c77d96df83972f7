package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.api.http.Problem;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.TaskType;
import java.util.List;

/** The task types that can be named, and what to say about one that cannot. */
final class Known {
    private static final int LONGEST = 80;
    private final Jobs jobs;

    Known(Jobs jobs) {
        this.jobs = jobs;
    }

    /** @throws dev.outboard.api.http.Refused 404, naming the known ones */
    TaskType type(String name) {
        var all = jobs.taskTypes();
        return all.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> unknownType(name, all).refused());
    }

    /** @throws dev.outboard.api.http.Refused 404, naming the known ones */
    void version(TaskType type, int version) {
        if (!type.versions().contains(version)) {
            throw unknownVersion(type).refused();
        }
    }

    static Problem unknownVersion(TaskType type) {
        return Code.UNKNOWN_VERSION.says("task type " + type.name() + " has no such version; known are: "
                + String.join(", ", type.versions().stream().map(String::valueOf).toList()));
    }

    private static Problem unknownType(String name, List<TaskType> all) {
        var shown = name.matches("[\\x21-\\x7e]{1," + LONGEST + "}")
                ? "there is no task type " + name
                : "there is no such task type";
        return Code.UNKNOWN_TASK_TYPE.says(shown + "; known are: "
                + (all.isEmpty()
                        ? "none, as no worker has ever served one"
                        : String.join(", ", all.stream().map(TaskType::name).sorted().toList())));
    }
}
