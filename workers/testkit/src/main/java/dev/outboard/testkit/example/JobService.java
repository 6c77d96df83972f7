package dev.outboard.testkit.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs commands as jobs, which end when {@link #finish} says so. Every request brings {@code Authorization: Bearer}, and the
 * API key or a token.
 * <ul>
 * <li>{@code POST /jobs {"command", "id"?, "token"?, "labels"?}}: 201 and the job; 409 if the id is taken; 200 and the job
 * that is there if the token is known
 * <li>{@code GET /jobs/<id>}: the job {@code {"id", "labels", "command", "state", "createdAt", "result"?}}, 404 if there is
 * none; states are {@code RUNNING, CANCELLING, CANCELLED, SUCCEEDED}
 * <li>{@code GET /jobs?label=<name>:<value>}: what carries the label; {@code GET /jobs?since=<ms>}: what has changed since;
 * each answer {@code {"jobs", "asOf"}}
 * <li>{@code POST /jobs/<id>/cancel}: the job, which has stopped a second later
 * <li>{@code POST /token}: {@code {"token"}}, good until the API key changes
 * </ul>
 */
public final class JobService extends Simulator {
    private static final Duration STOPPING = Duration.ofSeconds(1);

    private final Map<String, ServiceJob> jobs = new LinkedHashMap<>();
    /** Those that were asked to, each with when it will have stopped. */
    private final Map<ServiceJob, Instant> stopping = new LinkedHashMap<>();
    private final List<String> issued = new ArrayList<>();
    private String apiKey;
    private String token = "";
    private Duration lag = Duration.ZERO;
    private boolean unheardOf;

    private JobService(SimClock clock, int port, String apiKey) {
        super(clock, port);
        this.apiKey = apiKey;
    }

    /** @param port 0 for any that is free */
    public static JobService start(SimClock clock, int port, String apiKey) {
        var service = new JobService(clock, port, apiKey);
        service.start();
        return service;
    }

    /** Only this key is good from now on. */
    public synchronized void rotate(String newKey) {
        apiKey = newKey;
        token = "";
    }

    /** All tokens that were ever given out. */
    public synchronized List<String> issued() {
        return List.copyOf(issued);
    }

    /** All jobs that run end well. */
    public synchronized void finish() {
        unheardOf = false;
        advance();
        jobs.values()
                .stream()
                .filter(job -> job.state().equals("RUNNING"))
                .forEach(job -> job.become("SUCCEEDED", clock().instant(), lag));
    }

    /** From now on lists show what happens only so much later. */
    public synchronized void lists(Duration lag) {
        this.lag = lag;
    }

    /** Jobs that run are told to be in a state that the documentation does not know, until {@link #finish}. */
    public synchronized void unheardOfState() {
        unheardOf = true;
    }

    @Override
    protected Operation operation(Request request) {
        if (request.is("POST", "/jobs")) {
            return Operation.CREATE;
        }
        if (request.is("GET", "/jobs")) {
            var label = request.query("label");
            return label != null && label.startsWith("key:") ? Operation.FIND : Operation.LIST;
        }
        if (request.is("GET", "/jobs/[^/]+")) {
            return Operation.POLL;
        }
        if (request.is("POST", "/token")) {
            return Operation.TOKEN;
        }
        return request.is("POST", "/jobs/[^/]+/cancel") ? Operation.CANCEL : Operation.OTHER;
    }

    @Override
    protected synchronized Reply answer(Request request) throws IOException {
        var shown = String.valueOf(request.header("Authorization"));
        if (!shown.equals("Bearer " + apiKey) && (token.isEmpty() || !shown.equals("Bearer " + token))) {
            return unauthorized();
        }
        advance();
        return switch (operation(request)) {
            case CREATE -> create(request.json());
            case FIND, LIST -> list(request.query("label"), request.query("since"));
            case POLL -> job(request, job -> {
            });
            case CANCEL -> job(request, this::cancel);
            case TOKEN -> token();
            case OUTPUT, OTHER -> error(404, "NoSuchPath", "there is nothing at " + request.path());
        };
    }

    private Reply token() {
        if (token.isEmpty()) {
            token = "token-" + UUID.randomUUID();
            issued.add(token);
        }
        return Reply.json(200, Map.of("token", token));
    }

    private Reply create(JsonNode body) {
        if (body.path("command").asText().isEmpty()) {
            return error(400, "NoCommand", "a job must have a command");
        }
        var token = body.path("token").asText();
        var known = jobs.values().stream().filter(job -> !token.isEmpty() && job.token.equals(token)).findFirst();
        if (known.isPresent()) {
            return Reply.json(200, shown(known.get()));
        }
        var id = body.path("id").asText("job-" + (jobs.size() + 1));
        if (jobs.containsKey(id)) {
            return error(409, "AlreadyExists", "there is a job " + id);
        }
        var job = new ServiceJob(id, token, labels(body), body.path("command").asText(), clock().instant(), lag);
        jobs.put(id, job);
        return Reply.json(201, shown(job));
    }

    private static Map<String, String> labels(JsonNode body) {
        var labels = new LinkedHashMap<String, String>();
        body.path("labels").properties().forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels;
    }

    private Reply list(@Nullable String label, @Nullable String since) {
        var now = clock().instant();
        var from = since == null ? Instant.MIN : Instant.ofEpochMilli(Long.parseLong(since));
        var listed = new ArrayList<Map<String, Object>>();
        for (var job : jobs.values()) {
            if (label == null || labelled(job, label)) {
                job.listed(now, from).ifPresent(listed::add);
            }
        }
        return Reply.json(200, Map.of("jobs", listed, "asOf", now.minus(lag).toEpochMilli()));
    }

    private static boolean labelled(ServiceJob job, String label) {
        int colon = label.indexOf(':');
        return colon > 0 && label.substring(colon + 1).equals(job.labels.get(label.substring(0, colon)));
    }

    private Reply job(Request request, Consumer<ServiceJob> effect) {
        return Optional.ofNullable(jobs.get(request.path().split("/")[2])).map(job -> {
            effect.accept(job);
            return Reply.json(200, shown(job));
        }).orElseGet(() -> error(404, "NoSuchJob", "there is no such job"));
    }

    private void cancel(ServiceJob job) {
        job.cancels++;
        if (job.state().equals("RUNNING")) {
            job.become("CANCELLING", clock().instant(), lag);
            stopping.put(job, clock().instant().plus(STOPPING));
        }
    }

    /** What time has brought about since the last request. */
    private void advance() {
        var now = clock().instant();
        stopping.entrySet().removeIf(each -> {
            boolean over = !each.getValue().isAfter(now);
            if (over) {
                each.getKey().become("CANCELLED", each.getValue(), lag);
            }
            return over;
        });
    }

    private Map<String, Object> shown(ServiceJob job) {
        return job.json(unheardOf && job.live() ? "HIBERNATING" : job.state());
    }

    private static Reply error(int status, String code, String message) {
        return Reply.json(status, Map.of("code", code, "message", message));
    }

    @Override
    public Reply tooManyRequests(@Nullable Duration retryAfter) {
        var reply = error(429, "TooMany", "too many requests");
        return retryAfter == null ? reply : reply.with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    @Override
    public Reply unauthorized() {
        return error(401, "Unauthorized", "the api key is not good");
    }

    @Override
    public Reply failure(int status) {
        return error(status, "Trouble", "something went wrong here");
    }

    @Override
    public synchronized List<Entry> ledger() {
        advance();
        return jobs.values()
                .stream()
                .map(job -> new Entry(job.id, key(job), job.createdAt, job.live(), job.cancels))
                .toList();
    }

    private static String key(ServiceJob job) {
        if (!job.token.isEmpty()) {
            return job.token;
        }
        return job.labels.getOrDefault("key", job.id);
    }
}
