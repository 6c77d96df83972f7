package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A job as a server told it at one moment. What was not told, or not in a form this client knows, is null or empty; nothing
 * here throws. Texts are as the server and the platform wrote them: they may hold line breaks and control characters.
 *
 * @param id such as {@code j2d4k6m8n3p5q7s2t4v6x2z3b5}
 * @param state {@link JobState#UNKNOWN} where {@link #stateText} is a word of a later server
 * @param etag for {@code If-None-Match}, opaque; null in lists and events
 * @param json the whole answer, with what this client does not know; not to be changed
 */
public record Job(String id, JobState state, @Nullable String etag, JsonNode json) {

    /**
     * A time at which the job came into a state.
     *
     * @param note who had a hand in it and how, or null
     */
    public record Transition(JobState state, String stateText, int attempt, @Nullable Instant at,
            @Nullable String note) {}

    /** What is in the job's way, since when. */
    public record Condition(String type, @Nullable String reason, @Nullable String message, @Nullable Instant since) {}

    /** A page about the job, such as its platform's console. */
    public record Link(String name, String uri) {}

    /** A file that holds a job's outputs: a Flyte LiteralMap in protobuf, of so many bytes. */
    public record StoredOutputs(String uri, long bytes) {}

    /** The connector that has the job. */
    public record Connector(String name, @Nullable String version) {}

    /** Who asked for the job to be stopped, when and why. */
    public record Cancel(@Nullable String by, @Nullable Instant at, @Nullable String reason) {}

    /**
     * Why a job failed.
     *
     * @param kind {@code USER} where the job must be mended, or {@code SYSTEM}
     * @param message may have several lines, such as the place in an SQL statement
     * @param retryable whether the same job may do better
     * @param pointer a JSON pointer into the job as it was sent, or null
     * @param nextStep one sentence that says what to do, or null
     * @param platform what the platform said, or null where it was not asked
     */
    public record Failure(String kind, String code, String message, boolean retryable, @Nullable String pointer,
            @Nullable String nextStep, @Nullable PlatformError platform) {

        /** An error as an answer tells it, under {@code error}. */
        public static Failure of(JsonNode error) {
            return new Failure(or(Json.text(error, "kind"), "SYSTEM"), or(Json.text(error, "code"), "Unknown"),
                    or(Json.text(error, "message"), ""), error.path("retryable").asBoolean(),
                    Json.text(error, "pointer"), Json.text(error, "next_step"),
                    PlatformError.of(error.path("platform")));
        }
    }

    static Job of(JsonNode json, @Nullable String etag) {
        return new Job(or(Json.text(json, "id"), ""), JobState.of(or(Json.text(json, "state"), "")), etag, json);
    }

    /** Whether these can be the words of a job, or some other program answers at this address. */
    static boolean isOne(JsonNode json) {
        return json.path("id").isTextual() && json.path("state").isTextual();
    }

    /** Whether the job will not change any more. */
    public boolean ended() {
        return state.ended();
    }

    /** The state as the server named it. */
    public String stateText() {
        return or(Json.text(json, "state"), "");
    }

    public String taskType() {
        return or(Json.text(json, "task_type"), "");
    }

    public int taskTypeVersion() {
        return json.path("task_type_version").asInt();
    }

    public @Nullable String project() {
        return Json.text(json, "project");
    }

    public @Nullable String domain() {
        return Json.text(json, "domain");
    }

    public @Nullable String name() {
        return Json.text(json, "name");
    }

    public Map<String, String> labels() {
        return members("labels", JsonNode::asText);
    }

    /** The platform's word on how it goes. */
    public @Nullable String message() {
        return Json.text(json, "message");
    }

    /** From 0 to 1, as the platform tells it. */
    public @Nullable Double progress() {
        var progress = json.path("progress");
        return progress.isNumber() ? progress.doubleValue() : null;
    }

    /** The number of the current or last attempt, from 1. */
    public int attempt() {
        return json.path("attempt").asInt(1);
    }

    /** How many attempts the job may take; 0 where it is not told. */
    public int maxAttempts() {
        return json.path("max_attempts").asInt();
    }

    public @Nullable Instant createdAt() {
        return Json.time(json, "created_at");
    }

    public @Nullable Instant updatedAt() {
        return Json.time(json, "updated_at");
    }

    public @Nullable Instant startedAt() {
        return Json.time(json, "started_at");
    }

    public @Nullable Instant endedAt() {
        return Json.time(json, "ended_at");
    }

    /** From when on the server may forget the job. */
    public @Nullable Instant expiresAt() {
        return Json.time(json, "expires_at");
    }

    /** From created to ended, or null where either is not told. */
    public @Nullable Duration took() {
        var created = createdAt();
        var ended = endedAt();
        return created == null || ended == null ? null : Duration.between(created, ended);
    }

    /** Oldest first; of a long history the first and the latest. */
    public List<Transition> history() {
        return list("history", node -> {
            var text = or(Json.text(node, "state"), "");
            return new Transition(JobState.of(text), text, node.path("attempt").asInt(1), Json.time(node, "at"),
                    Json.text(node, "note"));
        });
    }

    public List<Condition> conditions() {
        return list("conditions", node -> new Condition(or(Json.text(node, "type"), ""), Json.text(node, "reason"),
                Json.text(node, "message"), Json.time(node, "since")));
    }

    public List<Link> links() {
        return list("log_links", node -> new Link(or(Json.text(node, "name"), ""), or(Json.text(node, "uri"), "")));
    }

    /** Flyte literals as JSON, by declared name. A list does not tell them. Empty where {@link #storedOutputs} is set. */
    public Map<String, JsonNode> outputs() {
        return members("outputs", Function.identity());
    }

    /** Set where the outputs are too large to be told: the file that has them. A list does not tell it. */
    public @Nullable StoredOutputs storedOutputs() {
        var uri = Json.text(json, "outputs_uri");
        return uri == null ? null : new StoredOutputs(uri, json.path("outputs_bytes").asLong());
    }

    /** What the platform tells besides, or a missing node. A list does not tell it. */
    public JsonNode customInfo() {
        return json.path("custom_info");
    }

    /** Set where the job failed. */
    public @Nullable Failure error() {
        var error = json.path("error");
        return error.isObject() ? Failure.of(error) : null;
    }

    /** Set once the job was asked to stop. */
    public @Nullable Cancel cancel() {
        var cancel = json.path("cancel");
        return cancel.isObject()
                ? new Cancel(Json.text(cancel, "by"), Json.time(cancel, "at"), Json.text(cancel, "reason"))
                : null;
    }

    /** Set once a connector has handed the job to its platform. */
    public @Nullable Connector connector() {
        var name = Json.text(json.path("connector"), "name");
        return name == null ? null : new Connector(name, Json.text(json.path("connector"), "version"));
    }

    /** For {@link OutboardClient#get(String, String)}: a read that is no older than this. */
    public @Nullable String position() {
        return Json.text(json, "position");
    }

    /** Whether the other, told later, holds nothing new: it is of an older revision, or says the same. */
    boolean covers(Job other) {
        var mine = revision("incarnation");
        var theirs = other.revision("incarnation");
        if (mine != theirs) {
            return theirs < mine;
        }
        return other.revision("rev") < revision("rev") || told().equals(other.told());
    }

    private long revision(String member) {
        return json.path(member).asLong();
    }

    /** All but the position, which tells where it was read and nothing of the job. */
    private Map<String, JsonNode> told() {
        var all = new LinkedHashMap<String, JsonNode>();
        json.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        all.remove("position");
        return all;
    }

    private <T> List<T> list(String member, Function<JsonNode, T> reader) {
        return StreamSupport.stream(json.path(member).spliterator(), false).map(reader).toList();
    }

    private <T> Map<String, T> members(String member, Function<JsonNode, T> reader) {
        var map = new LinkedHashMap<String, T>();
        json.path(member).properties().forEach(entry -> map.put(entry.getKey(), reader.apply(entry.getValue())));
        return Collections.unmodifiableMap(map);
    }

    private static String or(@Nullable String text, String otherwise) {
        return Objects.requireNonNullElse(text, otherwise);
    }
}
