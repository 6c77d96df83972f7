package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/** One HTTP exchange a call, no repeats, every failure as an {@link OutboardException}. Safe for many threads. */
final class Exchange implements AutoCloseable {
    static final String JSON = "application/json";
    /** More than the largest page of a list. */
    static final int LARGEST_BODY = 64 << 20;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** A create waits up to 2 s for its place in the log; the rest is for the network. */
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final Duration END = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI server;
    private final String base;
    private final Supplier<? extends @Nullable String> token;

    Exchange(URI server, Supplier<? extends @Nullable String> token) {
        this.server = server;
        var builder = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .executor(Executors.newVirtualThreadPerTaskExecutor()) // so that no idle thread outlives the client
                .connectTimeout(CONNECT);
        http = (server.getScheme().equals("http") ? builder.sslContext(trustingNobody()) : builder).build();
        this.base = server.toString().replaceAll("/+$", "") + "/api/v1";
        this.token = token;
    }

    /** A request to a path below {@code /api/v1}, to be finished by the caller. */
    HttpRequest.Builder to(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(ANSWER)
                .header("Accept", JSON + ", application/problem+json");
        var secret = token.get();
        if (secret == null || secret.isEmpty()) {
            return request;
        }
        if (!secret.matches("[!-~]+")) { // the JDK would say it in its exception
            throw new IllegalStateException("the token is not visible ASCII");
        }
        return request.header("Authorization", "Bearer " + secret);
    }

    /** As long as an answer takes that the server holds back for this long. */
    static Duration answerAfter(Duration held) {
        return ANSWER.plus(held);
    }

    /** An answer of success or 304; anything else is thrown. */
    HttpResponse<byte[]> send(HttpRequest request) throws InterruptedException {
        var response = send(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_BODY));
        check(response, response.body());
        return response;
    }

    /** Whatever answers, to be {@linkplain #check checked} by the caller. */
    <T> HttpResponse<T> send(HttpRequest request, BodyHandler<T> reader) throws InterruptedException {
        try {
            return http.send(request, reader);
        } catch (HttpConnectTimeoutException e) {
            throw new OutboardException.NoConnection("no connection within " + CONNECT.toSeconds() + " s", e);
        } catch (ConnectException e) {
            throw new OutboardException.NoConnection(isUnknownHost(e) ? "unknown host" : "connection refused", e);
        } catch (HttpTimeoutException e) {
            throw new OutboardException.NoAnswer(
                    "no answer within " + request.timeout().orElse(ANSWER).toSeconds() + " s", e);
        } catch (IOException e) {
            throw new OutboardException.NoAnswer("connection lost", e);
        }
    }

    void check(HttpResponse<?> response, byte[] body) {
        var status = response.statusCode();
        if (status >= 400) {
            throw new OutboardException.Refused(Problem.of(status, body, retryAfter(response)));
        }
        if (status / 100 != 2 && status != 304) {
            throw notOurs("with HTTP " + status);
        }
    }

    /** The body as a JSON object. */
    JsonNode json(HttpResponse<byte[]> response) {
        var json = Json.parse(response.body());
        if (!json.isObject()) {
            throw notOurs("but not with JSON");
        }
        return json;
    }

    OutboardException.NotOurs notOurs(String how) {
        return new OutboardException.NotOurs(server + " answers, " + how);
    }

    static @Nullable Duration retryAfter(HttpResponse<?> response) {
        return response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("\\d{1,6}")) // a date is legal too; then our own pace serves
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .orElse(null);
    }

    /** For what speaks no TLS: reading the certificates that are trusted would take a short command some 50 ms. */
    private static SSLContext trustingNobody() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[0], null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isUnknownHost(@Nullable Throwable e) {
        return e != null && (e instanceof UnresolvedAddressException || isUnknownHost(e.getCause()));
    }

    @Override
    public void close() {
        http.shutdownNow(); // no exchange is worth waiting for any more
        try {
            http.awaitTermination(END);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
