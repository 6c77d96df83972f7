package dev.outboard.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The jobs REST door: one HTTP exchange a call, no repeats. Safe for many threads. */
final class JobsClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A create waits up to 2 s for its place in the log; the rest is for the network. */
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final String JSON = "application/json";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final URI server;

    /**
     * @param server http or https, with or without a path in front of {@code /api}
     */
    JobsClient(URI server) {
        this.server = server;
    }

    /**
     * @param body a job as JSON
     * @param key the idempotency key: the same key and body make one job, however often sent
     */
    Answer<Job> create(byte[] body, String key) throws JobsException, InterruptedException {
        return job(request("/jobs").header("Content-Type", JSON)
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(body)));
    }

    Answer<Job> get(String id) throws JobsException, InterruptedException {
        return job(request("/jobs/" + encode(id)).GET());
    }

    /** As it is after a position that an earlier answer told. */
    Answer<Job> get(String id, String position) throws JobsException, InterruptedException {
        return job(request("/jobs/" + encode(id) + "?position=" + encode(position)).GET());
    }

    /**
     * Asks for the job to be stopped; the answer shows it {@code CANCELLING}, as it ended before, or
     * as it was when no worker had taken the cancel yet.
     *
     * @param reason kept with the job, or null
     */
    Answer<Job> cancel(String id, @Nullable String reason) throws JobsException, InterruptedException {
        var body = JsonNodeFactory.instance.objectNode();
        if (reason != null) {
            body.put("reason", reason);
        }
        return job(request("/jobs/" + encode(id) + ":cancel").header("Content-Type", JSON)
                .POST(BodyPublishers.ofByteArray(Json.bytes(body))));
    }

    Answer<List<TaskType>> taskTypes() throws JobsException, InterruptedException {
        return exchange(request("/task-types").GET(), TaskType::listOf);
    }

    @Override
    public void close() {
        http.shutdownNow(); // no exchange is worth waiting for any more
    }

    private Answer<Job> job(HttpRequest.Builder request) throws JobsException, InterruptedException {
        var answer = exchange(request, Job::of);
        if (!answer.value().isPlausible()) {
            throw new JobsException.NotOurs(server + " answers, but not with a job");
        }
        return answer;
    }

    private <T> Answer<T> exchange(HttpRequest.Builder request, Function<JsonNode, T> reader)
            throws JobsException, InterruptedException {
        var response = send(request.build());
        var retryAfter = retryAfter(response);
        if (response.statusCode() / 100 != 2) {
            throw new JobsException.Refused(Problem.of(response.statusCode(), response.body(), retryAfter));
        }
        var json = Json.parseLeniently(response.body());
        if (!json.isObject()) {
            throw new JobsException.NotOurs(server + " answers, but not with JSON");
        }
        var replayed = response.headers()
                .firstValue("Idempotency-Replayed")
                .filter("true"::equalsIgnoreCase)
                .isPresent();
        return new Answer<>(reader.apply(json), json, replayed, retryAfter);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws JobsException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (HttpConnectTimeoutException e) {
            throw new JobsException.NoConnection("no connection within " + CONNECT.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw new JobsException.NoConnection(isUnknownHost(e) ? "unknown host" : "connection refused", e);
        } catch (HttpTimeoutException e) {
            throw new JobsException.NoAnswer("no answer within " + ANSWER.toSeconds() + " s", e);
        } catch (IOException e) {
            throw new JobsException.NoAnswer("connection lost", e);
        }
    }

    private static boolean isUnknownHost(@Nullable Throwable e) {
        return e != null && (e instanceof UnresolvedAddressException || isUnknownHost(e.getCause()));
    }

    private HttpRequest.Builder request(String path) {
        var base = server.toString().replaceAll("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/api/v1" + path))
                .timeout(ANSWER)
                .header("Accept", JSON + ", application/problem+json");
    }

    private static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}")) // a date is legal too; then our own pace serves
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    private static String encode(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
