package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The jobs REST door, one exchange a call. Safe for many threads. */
final class Calls {
    private static final String ID = "[A-Za-z0-9_-]{1,100}";

    private static final String LETTER = "[a-z0-9_-]{1,80}\\.c\\d{1,9}\\.\\d{1,18}";

    private final Exchange exchange;

    Calls(Exchange exchange) {
        this.exchange = exchange;
    }

    /**
     * What a poll told.
     *
     * @param job as it is, or null where it is as the tag says
     * @param held whether the server applied the preference to wait
     * @param retryAfter when the server wants to be asked again, or null
     */
    record Polled(@Nullable Job job, boolean held, @Nullable Duration retryAfter) {}

    Created create(byte[] body, String key) throws InterruptedException {
        var response = exchange.send(exchange.to("/jobs")
                .header("Content-Type", Exchange.JSON)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
        var replayed = response.headers().firstValue("Idempotency-Replayed").filter("true"::equalsIgnoreCase);
        return new Created(job(response), replayed.isPresent(), key);
    }

    Job get(String id, @Nullable String position) throws InterruptedException {
        var query = position == null ? "" : "?position=" + URLEncoder.encode(position, StandardCharsets.UTF_8);
        return job(exchange.send(exchange.to(path(id) + query).build()));
    }

    /**
     * @param etag of the job as it is known, or null
     * @param wait how long the server may hold the answer back, whole seconds
     * @param limit how long the exchange may take at most
     */
    Polled poll(String id, @Nullable String etag, Duration wait, Duration limit) throws InterruptedException {
        var request = exchange.to(path(id)).timeout(Deadline.shorter(Exchange.answerAfter(wait), limit));
        if (etag != null) {
            request.header("If-None-Match", etag);
        }
        if (wait.isPositive()) {
            request.header("Prefer", "wait=" + wait.toSeconds());
        }
        var response = exchange.send(request.build());
        var held = response.headers()
                .allValues("Preference-Applied")
                .stream()
                .anyMatch(applied -> applied.contains("wait"));
        return new Polled(response.statusCode() == 304 ? null : job(response), held, Exchange.retryAfter(response));
    }

    Job cancel(String id, @Nullable String reason) throws InterruptedException {
        var body = JsonNodeFactory.instance.objectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        return job(post(path(id) + ":cancel", body));
    }

    Job resolve(Job seen, Verdict verdict) throws InterruptedException {
        var body = JsonNodeFactory.instance.objectNode().put("attempt", seen.attempt());
        switch (verdict) {
            case Verdict.Created(var handle, int version) ->
                body.putObject("created").put("handle", handle).put("version", version);
            case Verdict.NeverCreated _ -> body.put("never_created", true);
            case Verdict.Failed(var reason) -> body.put("failed", reason);
        }
        return job(post(path(seen.id()) + ":resolve", body));
    }

    private HttpResponse<byte[]> post(String path, JsonNode body) throws InterruptedException {
        return exchange.send(exchange.to(path)
                .header("Content-Type", Exchange.JSON)
                .POST(BodyPublishers.ofByteArray(Json.bytes(body)))
                .build());
    }

    JobPage page(JobFilter filter) throws InterruptedException {
        var json = exchange.json(exchange.send(exchange.to("/jobs" + filter.query()).build()));
        if (!json.path("jobs").isArray()) {
            throw exchange.notOurs("but not with a list of jobs");
        }
        var jobs = StreamSupport.stream(json.path("jobs").spliterator(), false).map(job -> job(job, null)).toList();
        return new JobPage(jobs, Json.text(json, "next_page_token"));
    }

    List<DeadLetter> deadLetters(@Nullable String taskType, int limit) throws InterruptedException {
        var type = taskType == null ? "" : "&task_type=" + URLEncoder.encode(taskType, StandardCharsets.UTF_8);
        var json = exchange.json(exchange.send(exchange.to("/deadletters?limit=" + limit + type).build()));
        if (!json.path("dead_letters").isArray()) {
            throw exchange.notOurs("but not with dead letters");
        }
        return StreamSupport.stream(json.path("dead_letters").spliterator(), false).map(DeadLetter::of).toList();
    }

    Job replay(String position) throws InterruptedException {
        var request = exchange.to(letter(position) + ":replay").POST(BodyPublishers.noBody()).build();
        return job(exchange.send(request));
    }

    private static String letter(String position) {
        if (!position.matches(LETTER)) {
            throw new IllegalArgumentException("a dead letter's position is such as duckdb.c3.17");
        }
        return "/deadletters/" + position;
    }

    DeadLetter deadLetter(String position, boolean value) throws InterruptedException {
        var path = letter(position) + (value ? "?value=true" : "");
        var json = exchange.json(exchange.send(exchange.to(path).build()));
        if (!json.path("position").isTextual()) {
            throw exchange.notOurs("but not with a dead letter");
        }
        return DeadLetter.of(json);
    }

    List<TaskType> taskTypes() throws InterruptedException {
        var json = exchange.json(exchange.send(exchange.to("/task-types").build()));
        if (!json.path("task_types").isArray()) {
            throw exchange.notOurs("but not with task types");
        }
        return StreamSupport.stream(json.path("task_types").spliterator(), false).map(TaskType::of).toList();
    }

    /**
     * @param lastEventId from which on events are wanted, or null
     */
    Events events(String id, @Nullable String lastEventId) throws InterruptedException {
        HttpRequest.Builder request = exchange.to(path(id) + "/events")
                .setHeader("Accept", Events.TYPE + ", application/problem+json");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        var response = exchange.send(request.build(), Events.reader());
        var events = response.body();
        if (events.body() != null) {
            exchange.check(response, events.body());
        }
        return events;
    }

    Job job(JsonNode json, @Nullable String etag) {
        if (!Job.isOne(json)) {
            throw exchange.notOurs("but not with a job");
        }
        return Job.of(json, etag);
    }

    private Job job(HttpResponse<byte[]> response) {
        return job(exchange.json(response), response.headers().firstValue("ETag").orElse(null));
    }

    /** What cannot be an id is not sent: it would lead to another path of the server. */
    private static String path(String id) {
        if (!id.matches(ID)) {
            throw new IllegalArgumentException("a job id is 1 to 100 letters, digits, - and _");
        }
        return "/jobs/" + id;
    }
}
