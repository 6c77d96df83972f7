package dev.outboard.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.api.openapi.Document;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** The doors over fake jobs, and ways to knock. Every answer is held against the OpenAPI document. */
public final class Server implements AutoCloseable {
    public static final Path EXAMPLES = Path.of("../examples");
    private static final ObjectMapper MAPPER = new ObjectMapper();
    public final PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    public final FakeJobs jobs;
    private final ApiServer api;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** What came back. */
    public record Reply(int status, HttpResponse<byte[]> response) {
        public JsonNode json() {
            try {
                return MAPPER.readTree(response.body());
            } catch (IOException e) {
                throw new UncheckedIOException(new String(response.body(), StandardCharsets.UTF_8), e);
            }
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text(String pointer) {
            return json().at(pointer).asText();
        }
    }

    public Server(String... types) {
        this(config -> config, types);
    }

    public Server(UnaryOperator<ApiConfig> config, String... types) {
        jobs = new FakeJobs(types);
        api = ApiServer.start(config.apply(ApiConfig.defaults().withPort(0)), jobs, metrics);
    }

    public int port() {
        return api.port();
    }

    public static String example(String name) {
        try {
            return Files.readString(EXAMPLES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Reply send(String method, String path, String body, String... headers) {
        var publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        return send(method, path, publisher, body != null, headers);
    }

    public Reply send(String method, String path, HttpRequest.BodyPublisher body, boolean json, String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .method(method, body)
                .timeout(Duration.ofSeconds(20));
        if (json) {
            request.setHeader("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            Document.get()
                    .check(method, path.replaceFirst("\\?.*", ""), response.statusCode(), response.headers(),
                            response.body());
            return new Reply(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A job from the example, accepted. */
    public String created() {
        return post("/api/v1/jobs", example("duckdb-report.json")).text("/id");
    }

    public Reply get(String path, String... headers) {
        return send("GET", path, (String) null, headers);
    }

    public Reply put(String path, String body, String... headers) {
        return send("PUT", path, body, headers);
    }

    public Reply post(String path, String body, String... headers) {
        return send("POST", path, body, headers);
    }

    /** Writes these bytes and reads until the server closes the connection, or falls silent for a second. */
    public String raw(String request) {
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(1000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            var all = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            try {
                for (int n = socket.getInputStream().read(buffer); n >= 0; n = socket.getInputStream().read(buffer)) {
                    all.write(buffer, 0, n);
                }
            } catch (SocketTimeoutException silent) {
                // kept alive
            }
            return all.toString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void stop() {
        api.close();
    }

    @Override
    public void close() {
        api.close();
    }
}
