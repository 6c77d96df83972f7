package dev.outboard.bench.staleness;

import dev.outboard.spi.RetryLater;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Asks the simulated account. Any thread. */
final class PagingClient implements AutoCloseable {
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    PagingClient(String url) {
        this.url = url;
    }

    /**
     * An answer.
     *
     * @param asOf the platform's time, microseconds
     */
    record Answer(List<String> lines, long asOf) {}

    Answer ask(String method, String path) throws IOException, InterruptedException, RetryLater {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .method(method, BodyPublishers.noBody())
                .timeout(Duration.ofSeconds(20))
                .build();
        var response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() == 429) {
            throw new RetryLater(Duration.ofSeconds(response.headers().firstValueAsLong("Retry-After").orElse(1)),
                    "the platform answered 429");
        }
        if (response.statusCode() != 200) {
            throw new IOException("the platform answered " + response.statusCode());
        }
        return new Answer(response.body().lines().toList(),
                response.headers().firstValueAsLong(Account.AS_OF).orElseThrow());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
