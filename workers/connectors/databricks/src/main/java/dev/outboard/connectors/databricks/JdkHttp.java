package dev.outboard.connectors.databricks;

import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.http.Response;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The SDK's requests over the JDK's client: an interrupt ends a call at once, and no pool of twenty connections makes
 * calls wait for each other.
 */
final class JdkHttp implements HttpClient, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(25);
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int TOO_MANY = 429;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    // no redirects: a token goes to the workspace alone
    private final java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();

    /** 429: the SDK would drop the header that says how long to wait. */
    static final class Throttled extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Duration after;

        private Throttled(Duration after) {
            super(null, null, false, false);
            this.after = after;
        }

        Duration after() {
            return after;
        }
    }

    /** The thread was interrupted: the SDK knows IOExceptions alone, and retries would be its answer. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Stopped() {
            super(null, null, false, false);
        }
    }

    @Override
    public Response execute(Request request) throws IOException {
        try {
            var answer = client.send(asked(request), HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() == TOO_MANY) {
                throw new Throttled(answer.headers().firstValue("Retry-After").map(JdkHttp::seconds).orElse(PATIENCE));
            }
            Map<String, List<String>> headers = new LinkedHashMap<>(answer.headers().map());
            return new Response(request, answer.uri().toURL(), answer.statusCode(), "", headers,
                    new String(answer.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException e) {
            throw new Stopped();
        }
    }

    private static HttpRequest asked(Request request) throws IOException {
        try {
            var body = request.getBodyString();
            var asked = HttpRequest.newBuilder(request.getUri())
                    .timeout(ANSWER)
                    .method(request.getMethod(), body == null
                            ? HttpRequest.BodyPublishers.noBody()
                            : HttpRequest.BodyPublishers.ofString(body));
            request.getHeaders().forEach(asked::setHeader);
            return asked.build();
        } catch (IllegalArgumentException e) {
            throw new IOException("the request to Databricks cannot be made: " + e.getClass().getSimpleName(), e);
        }
    }

    private static Duration seconds(String text) {
        return text.matches("[0-9]{1,6}") ? Duration.ofSeconds(Long.parseLong(text)) : PATIENCE;
    }

    @Override
    public void close() throws InterruptedException {
        client.shutdownNow();
        client.awaitTermination(Duration.ofSeconds(5));
        threads.shutdownNow();
    }
}
