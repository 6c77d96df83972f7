package dev.outboard.crash.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** The platform as its callers see it. Safe for many threads. */
public final class Remote implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int TRIES = 10;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private final String url;

    record Answer(int status, JsonNode body) {
        String id() {
            return body.path("id").asText();
        }

        External.State state() {
            return External.State.valueOf(body.path("state").asText());
        }
    }

    /** @param url without a slash at its end */
    public Remote(String url) {
        this.url = url;
    }

    Answer send(String method, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, BodyPublishers.noBody())
                .timeout(LIMIT)
                .build();
        var response = http.send(request, BodyHandlers.ofByteArray());
        return new Answer(response.statusCode(), JSON.readTree(response.body()));
    }

    /** The platform answers nothing useful for so long. */
    public void outage(Duration time) throws IOException, InterruptedException {
        patiently("POST", "/outage?millis=" + time.toMillis());
    }

    public Ledger ledger() throws IOException, InterruptedException {
        return JSON.treeToValue(patiently("GET", "/ledger").body(), Ledger.class);
    }

    /** For what no script troubles: only a machine that is very busy is in the way. */
    private Answer patiently(String method, String path) throws IOException, InterruptedException {
        for (int tries = 1;; tries++) {
            try {
                return send(method, path);
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
                Thread.sleep(PAUSE);
            }
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
