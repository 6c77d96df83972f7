package dev.outboard.testkit.databricks;

import dev.outboard.testkit.databricks.Run.Pace;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One Databricks workspace on loopback, see the package. A run waits 1 s and runs 2 s by the clock. */
public final class DatabricksSimulator extends Simulator {
    /** The secret that the connector finds the personal access token in. */
    public static final String SECRET = "SIMULATED_DATABRICKS_TOKEN";

    private static final Pattern PATH = Pattern.compile("/api/2\\.[12]/jobs/runs/(?<call>[a-z-]+)");

    private final Logins logins;
    private final Book book;

    private DatabricksSimulator(SimClock clock, int port) {
        super(clock, port);
        logins = new Logins(clock);
        book = new Book(clock, url());
        start();
    }

    /** @param port 0 for any that is free */
    public static DatabricksSimulator start(SimClock clock, int port) {
        return new DatabricksSimulator(clock, port);
    }

    /** What leads the connector here: its settings, by name without prefix. */
    @Override
    public Map<String, String> settings() {
        return Map.of("endpoint", url().toString(), "token-secret", SECRET);
    }

    /** What the connector's SecretReader must give, by name. */
    @Override
    public Map<String, String> secrets() {
        return Map.of(SECRET, logins.personal());
    }

    /** The token accepted until now is refused, {@link #secrets} gives a new one; OAuth tokens given out run out. */
    public void rotate() {
        logins.rotate();
    }

    /** A service principal that may fetch tokens. */
    public void oauthClient(String clientId, String clientSecret) {
        logins.client(clientId, clientSecret);
    }

    /** Access tokens given out to service principals so far. */
    public Set<String> issued() {
        return logins.issued();
    }

    /** How long the runs wait and run that are created from now on. */
    public void pace(Duration queued, Duration running) {
        book.pace(new Pace(queued, running, false));
    }

    /** Runs that are created from now on stay RUNNING until {@link #finish}, or until they are cancelled or time out. */
    public void hold() {
        book.pace(new Pace(Duration.ZERO, Duration.ZERO, true));
    }

    /** All runs that were not cancelled end now; states have their own names again. */
    public void finish() {
        book.finish();
    }

    /**
     * Runs of this name that have not ended end so.
     *
     * @param terminationCode such as RUN_EXECUTION_ERROR; a skipped run never runs
     * @param type such as CLIENT_ERROR
     * @param message the exception, where the code says that there was one: told by runs/get-output alone
     */
    public void end(String runName, String terminationCode, String type, String message) {
        book.end(runName, new Ending(terminationCode, type, message, false));
    }

    /** Every run's state is shown as this, in both of its places; null ends it. */
    public void oddState(@Nullable String state) {
        book.json().oddState(state);
    }

    /** A list shows what happens from now on only this much later; zero ends it. */
    public void listLag(Duration lag) {
        book.lag(lag);
    }

    /** A list has at most so many runs on a page, whatever is asked for; 25 at first. */
    public void pageSize(int most) {
        book.pageSize(most);
    }

    /** The JSON that made this run, as it was sent. */
    public String submitted(String runId) {
        try {
            return book.find(runId).spec().text();
        } catch (Wrong e) {
            throw new IllegalArgumentException(e.getMessage());
        }
    }

    @Override
    public List<Entry> ledger() {
        return book.entries();
    }

    @Override
    protected Operation operation(Request request) {
        if (request.path().equals("/oidc/v1/token")) {
            return Operation.TOKEN;
        }
        return switch (call(request)) {
            case "POST submit" -> Operation.CREATE;
            case "GET get" -> Operation.POLL;
            case "GET list" -> Operation.LIST;
            case "POST cancel" -> Operation.CANCEL;
            case "GET get-output" -> Operation.OUTPUT;
            default -> Operation.OTHER;
        };
    }

    private static String call(Request request) {
        var path = PATH.matcher(request.path());
        return path.matches() ? request.method() + " " + path.group("call") : "";
    }

    @Override
    protected Reply answer(Request request) throws IOException {
        if (request.is("POST", "/oidc/v1/token")) {
            return logins.token(request);
        }
        if (request.is("GET", "/oidc/.well-known/oauth-authorization-server")) {
            return Logins.endpoints(url());
        }
        if (request.is("GET", "/\\.well-known/.*")) {
            return noSuchCall(request);
        }
        var refused = logins.refused(request.header("authorization"));
        if (refused != null) {
            return refused;
        }
        try {
            return switch (call(request)) {
                case "POST submit" -> book.submit(request.text(), request.path().startsWith("/api/2.1/"));
                case "GET get" -> book.get(request);
                case "GET list" -> book.list(request);
                case "POST cancel" -> book.cancel(Spec.read(request.text()).path("run_id").asText());
                case "GET get-output" -> book.output(request);
                default -> noSuchCall(request);
            };
        } catch (Wrong e) {
            return e.reply();
        }
    }

    private static Reply noSuchCall(Request request) {
        return Wrong.reply(404, "ENDPOINT_NOT_FOUND",
                "No API found for '" + request.method() + " " + request.path() + "'");
    }

    @Override
    public Reply tooManyRequests(@Nullable Duration retryAfter) {
        var reply = Wrong.reply(429, "REQUEST_LIMIT_EXCEEDED",
                "Your request was rejected since your organization has exceeded the rate limit. Please retry your "
                        + "request later.");
        return retryAfter == null ? reply : reply.with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    @Override
    public Reply unauthorized() {
        return Logins.missing();
    }

    @Override
    public Reply failure(int status) {
        return switch (status) {
            case 502 -> Reply.html(status);
            case 503 -> Wrong.reply(status, "TEMPORARILY_UNAVAILABLE", "The service is temporarily unavailable.");
            case 504 -> Wrong.reply(status, "DEADLINE_EXCEEDED", "The request took too long to be answered.");
            default -> Wrong.reply(status, "INTERNAL_ERROR", "An internal error occurred.");
        };
    }
}
