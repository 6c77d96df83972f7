package dev.outboard.dispatcher.log;

import java.util.UUID;
import java.util.regex.Pattern;

/** Names of topics, groups and transactional ids. The {@code v1} is the layout's: another one means other topics. */
public record Names(String prefix) {
    private static final Pattern TASK_TYPE = Pattern.compile("[a-z0-9_-]{1,80}");

    /** True if a task type of this name can have topics. */
    public static boolean isTaskType(String name) {
        return TASK_TYPE.matcher(name).matches();
    }

    public String commands(String taskType) {
        return prefix + ".commands." + taskType + ".v1";
    }

    public String state(String taskType) {
        return prefix + ".state." + taskType + ".v1";
    }

    public String registry() {
        return prefix + ".registry.v1";
    }

    public String deadLetters() {
        return prefix + ".deadletter.v1";
    }

    /** The consumer group of a task type's workers. */
    public String workers(String taskType) {
        return prefix + ".workers." + taskType;
    }

    /** Fresh for every lane: two that shared one would fence each other. */
    public String transactionalId(String taskType) {
        return prefix + "-" + taskType + "-" + UUID.randomUUID();
    }
}
