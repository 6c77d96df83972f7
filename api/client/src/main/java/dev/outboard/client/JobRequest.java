package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * A job to hand over. Immutable; every method gives a new one. What the server makes of it is not checked here.
 */
public final class JobRequest {
    private final byte[] body;

    private JobRequest(byte[] body) {
        this.body = body;
    }

    /**
     * The job as JSON text in UTF-8, Flyte's {@code CreateTaskRequest}. Sent byte for byte as it is here, unless a method of
     * this class adds to it.
     */
    public static JobRequest json(byte[] body) {
        return new JobRequest(body.clone());
    }

    /** A job that is one SQL statement; its {@code $name} parameters are {@linkplain #input inputs}. */
    public static JobRequest sql(String taskType, String statement) {
        return of(taskType).with(job -> template(job).putObject("sql").put("statement", statement));
    }

    /** A job of which the connector needs no more than its type and what is added here. */
    public static JobRequest of(String taskType) {
        var job = JsonNodeFactory.instance.objectNode();
        template(job).put("type", taskType);
        return new JobRequest(Json.bytes(job));
    }

    /** What to show it as. */
    public JobRequest named(String name) {
        return with(job -> template(job).withObject("/id").put("name", name));
    }

    /** To whom it belongs: the same key of another project or domain makes another job. */
    public JobRequest in(String project, String domain) {
        return with(job -> template(job).withObject("/id").put("project", project).put("domain", domain));
    }

    public JobRequest version(int taskTypeVersion) {
        return with(job -> template(job).put("task_type_version", taskTypeVersion));
    }

    /** The connector's own settings, an object. */
    public JobRequest custom(JsonNode settings) {
        return with(job -> template(job).set("custom", settings));
    }

    public JobRequest input(String name, String value) {
        return input(name, JsonNodeFactory.instance.textNode(value));
    }

    public JobRequest input(String name, long value) {
        return input(name, JsonNodeFactory.instance.numberNode(value));
    }

    public JobRequest input(String name, double value) {
        return input(name, JsonNodeFactory.instance.numberNode(value));
    }

    public JobRequest input(String name, boolean value) {
        return input(name, JsonNodeFactory.instance.booleanNode(value));
    }

    /** A plain value, or a Flyte literal as JSON. */
    public JobRequest input(String name, JsonNode value) {
        return with(job -> job.withObject("/inputs").set(name, value));
    }

    public JobRequest label(String key, String value) {
        return with(job -> job.withObject("/task_execution_metadata").withObject("/labels").put(key, value));
    }

    /** Where its results go, such as {@code s3://bucket/folder}. */
    public JobRequest outputPrefix(String uri) {
        return with(job -> job.put("output_prefix", uri));
    }

    /** How often it may be tried again when its platform lost it; without this or with 0 the server chooses. */
    public JobRequest retries(int times) {
        return with(job -> template(job).withObject("/metadata").withObject("/retries").put("retries", times));
    }

    /** After how long it is to be stopped and failed, from its creation; parts of a millisecond are dropped. */
    public JobRequest timeout(Duration limit) {
        var millis = String.valueOf(1000 + limit.toMillisPart()).substring(1);
        return with(
                job -> template(job).withObject("/metadata").put("timeout", limit.toSeconds() + "." + millis + "s"));
    }

    /** The bytes that are sent. */
    public byte[] body() {
        return body.clone();
    }

    private JobRequest with(Consumer<ObjectNode> change) {
        if (!(Json.parse(body) instanceof ObjectNode job)) {
            throw new IllegalStateException("nothing can be added to what is no JSON object");
        }
        change.accept(job);
        return new JobRequest(Json.bytes(job));
    }

    private static ObjectNode template(ObjectNode job) {
        return job.withObject("/template");
    }
}
