package dev.outboard.crash.drive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.crash.platform.PlatformConnector;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** The replicas, over plain HTTP. Safe for many threads. */
public final class Api implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Shorter than a pause: a client does not wait for a replica that is stopped. */
    private static final Duration LIMIT = Duration.ofSeconds(6);
    private static final String JOBS = "/api/v1/jobs";

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final List<String> urls;

    /** An answer, whatever it says. */
    public record Answer(int status, JsonNode body) {
        String code() {
            return body.path("code").asText();
        }

        /** Fit to be told. */
        String brief() {
            return status + " " + code() + " " + body.path("detail").asText();
        }
    }

    public Api(List<String> urls) {
        this.urls = urls;
    }

    int replicas() {
        return urls.size();
    }

    Answer create(int replica, String key, int number) throws IOException, InterruptedException {
        var body = "{\"template\":{\"type\":\"" + PlatformConnector.TASK_TYPE
                + "\",\"id\":{\"project\":\"crash\",\"domain\":\"test\",\"name\":\"job\"},\"sql\":{\"statement\":\""
                + number + "\"}}}";
        return send(HttpRequest.newBuilder(uri(replica, JOBS))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(body)));
    }

    Answer get(int replica, String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(replica, JOBS + "/" + id)).GET());
    }

    /** Held until the job has ended, but not for long. */
    Answer await(int replica, String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(replica, JOBS + "/" + id)).header("Prefer", "wait=2").GET());
    }

    Answer cancel(int replica, String id) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri(replica, JOBS + "/" + id + ":cancel"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    }

    /** True where the request was never sent: its outcome is known. */
    static boolean unsent(IOException e) {
        return e instanceof ConnectException || e instanceof HttpConnectTimeoutException;
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    private URI uri(int replica, String path) {
        return URI.create(urls.get(replica) + path);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
