package dev.outboard.connectors.snowflake;

import dev.outboard.spi.Budget;
import dev.outboard.spi.SecretReader;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Snowflake's SQL API v2 over HTTP. One request for each call, and one more where a token was refused. */
final class SqlApi implements AutoCloseable {
    private static final String PATH = "/api/v2/statements";
    private static final String AGENT = "outboard-snowflake/0.1.0";
    private static final Duration CONNECT = Duration.ofSeconds(10);

    /**
     * Whom a request is for.
     *
     * @param pointer to what names the secrets, for the error
     */
    record Caller(Meta meta, SecretReader secrets, String pointer) {}

    private final SnowflakeSettings settings;
    private final Tokens tokens;
    private final Budget budget;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client;

    SqlApi(SnowflakeSettings settings, Tokens tokens, Budget budget) {
        this.settings = settings;
        this.tokens = tokens;
        this.budget = budget;
        // no redirects: a token goes to the account's own host alone
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(CONNECT)
                .executor(threads)
                .build();
    }

    /** Hands a statement over and does not wait for its end. */
    Answer submit(Caller caller, String requestId, boolean again, String body)
            throws IOException, InterruptedException, UserFault {
        return send(caller, "POST", "?requestId=" + requestId + "&async=true" + (again ? "&retry=true" : ""), body,
                false);
    }

    /** Runs a statement and waits for its rows, which may be in more partitions. */
    Answer ask(Caller caller, String body) throws IOException, InterruptedException, UserFault {
        return send(caller, "POST", "", body, true);
    }

    Answer partition(Caller caller, String handle, int number) throws IOException, InterruptedException, UserFault {
        return send(caller, "GET", "/" + handle + "?partition=" + number, null, true);
    }

    Answer status(Caller caller) throws IOException, InterruptedException, UserFault {
        return send(caller, "GET", "/" + caller.meta().queryId(), null, false);
    }

    Answer cancel(Caller caller) throws IOException, InterruptedException, UserFault {
        return send(caller, "POST", "/" + caller.meta().queryId() + "/cancel", "", false);
    }

    private Answer send(Caller caller, String method, String rest, @Nullable String body, boolean rows)
            throws IOException, InterruptedException, UserFault {
        var login = settings.login(caller.meta());
        var token = tokens.token(caller.meta(), login, caller.secrets(), caller.pointer());
        var answer = once(caller.meta(), token, method, rest, body, rows);
        if (answer.status() != 401 || !tokens.refused(caller.meta(), token, answer.date())) {
            return answer;
        }
        budget.take(caller.meta().budget());
        var fresh = tokens.token(caller.meta(), login, caller.secrets(), caller.pointer());
        return once(caller.meta(), fresh, method, rest, body, rows);
    }

    private Answer once(Meta meta, Tokens.Token token, String method, String rest, @Nullable String body,
            boolean rows) throws IOException, InterruptedException, UserFault {
        var request = HttpRequest.newBuilder(URI.create(base(meta) + PATH + rest))
                .timeout(settings.requestTimeout())
                .header("Authorization", "Bearer " + token.value())
                .header("X-Snowflake-Authorization-Token-Type", token.type())
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .header("User-Agent", AGENT)
                .method(method, body == null
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body))
                .build();
        return answer(client.send(request, BodyHandlers.ofInputStream()), rows);
    }

    private URI base(Meta meta) throws UserFault {
        var endpoint = settings.endpoint();
        // a handle may be from when more was allowed
        return endpoint != null ? endpoint : settings.allowedHosts().url(meta.where().host(), "");
    }

    private static Answer answer(HttpResponse<InputStream> response, boolean rows) throws IOException {
        int status = response.statusCode();
        var headers = response.headers();
        Answer.Body read = null;
        try (var in = response.body()) {
            read = AnswerReader.read(in, headers.firstValue("Content-Encoding").orElse("").equals("gzip"), rows);
        } catch (IOException e) {
            if (status < 300) {
                throw new IOException("Snowflake answered " + status + " with a body that cannot be read: "
                        + e.getClass().getSimpleName(), e);
            }
        }
        return new Answer(status, read, headers.firstValue("Retry-After").flatMap(SqlApi::seconds).orElse(null),
                headers.firstValue("Date").flatMap(SqlApi::time).orElse(null));
    }

    private static Optional<Duration> seconds(String text) {
        return text.matches("\\d{1,6}") ? Optional.of(Duration.ofSeconds(Long.parseLong(text))) : Optional.empty();
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() throws InterruptedException {
        client.shutdownNow();
        client.awaitTermination(Duration.ofSeconds(5));
        threads.shutdownNow();
    }
}
