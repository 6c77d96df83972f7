package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.flyteidl.admin.CreateTaskRequest;

/** What a create call must have, must not have, and how much of it. */
final class Limits {
    /** Decoded; the design's bound, below what a topic takes. */
    static final int MAX_DECODED = 1 << 20;
    /** Flyte's own columns are no longer. */
    private static final int MAX_NAME = 255;
    /** Labels travel with each state of the job. */
    private static final int MAX_LABELS = 16 * 1024;

    private Limits() {}

    static void required(JsonNode root, CreateTaskRequest request, Findings findings) {
        if (!request.hasTemplate()) {
            findings.add("/template", "is missing; it tells what to run");
        } else if (request.getTemplate().getType().isEmpty()) {
            findings.add("/template/type", "is missing; it names the task type, such as \"duckdb\"");
        }
    }

    static void sizes(JsonNode root, CreateTaskRequest request, Findings findings) {
        var id = request.getTemplate().getId();
        name(id.getProject(), "project", root, findings);
        name(id.getDomain(), "domain", root, findings);
        name(id.getName(), "name", root, findings);
        int labels = request.getTaskExecutionMetadata()
                .getLabelsMap()
                .entrySet()
                .stream()
                .mapToInt(e -> e.getKey().length() + e.getValue().length())
                .sum();
        if (labels > MAX_LABELS) {
            findings.add(Pointers.locate(root, "task_execution_metadata", "labels"),
                    "must hold at most " + MAX_LABELS + " characters");
        }
        var timeout = request.getTemplate().getMetadata().getTimeout();
        if (timeout.getSeconds() < 0 || timeout.getNanos() < 0) {
            findings.add(Pointers.locate(root, "template", "metadata", "timeout"), "must not be negative");
        }
        if (request.getTemplate().getTaskTypeVersion() < 0) {
            findings.add(Pointers.locate(root, "template", "task_type_version"), "must not be negative");
        }
    }

    /** What protobuf cannot read back is refused: a few levels of JSON are many levels of messages. */
    static void depth(JsonNode root, CreateTaskRequest request, Findings findings) {
        try {
            CreateTaskRequest.parseFrom(request.toByteArray());
        } catch (InvalidProtocolBufferException e) {
            findings.add(Deepest.of(root), "is nested too deeply");
        }
    }

    private static void name(String value, String part, JsonNode root, Findings findings) {
        if (value.length() > MAX_NAME) {
            findings.add(Pointers.locate(root, "template", "id", part),
                    "must have at most " + MAX_NAME + " characters");
        }
    }
}
