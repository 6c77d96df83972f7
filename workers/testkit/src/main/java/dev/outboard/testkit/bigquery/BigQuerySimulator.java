package dev.outboard.testkit.bigquery;

import dev.outboard.testkit.bigquery.SimJob.Pace;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * BigQuery on loopback, see the package. A job waits 0.1 s and runs 0.3 s by the clock, or as long as its query takes
 * where that is longer.
 */
public final class BigQuerySimulator extends Simulator {
    /** The secret that the connector finds the service account's key file in. */
    public static final String SECRET = "SIMULATED_BIGQUERY_CREDENTIALS";

    private static final String ROOT = "/bigquery/v2/projects/";
    private static final Pattern PATH = Pattern.compile(ROOT + "(?<project>[^/]+)/(?<kind>jobs|queries|datasets)"
            + "(/(?<id>[^/]+)(/(?<rest>.*))?)?");
    private static final Pattern TABLE = Pattern.compile("tables/([^/]+)(/data)?");

    private final Engine engine = new Engine();
    private final Tokens tokens;
    private final Book book;
    private final Inserts inserts;
    private final Reads reads;

    private BigQuerySimulator(SimClock clock, int port) {
        super(clock, port);
        tokens = new Tokens(clock);
        book = new Book(clock);
        inserts = new Inserts(clock, engine, book);
        reads = new Reads(engine, book);
        start();
    }

    /** @param port 0 for any that is free */
    public static BigQuerySimulator start(SimClock clock, int port) {
        return new BigQuerySimulator(clock, port);
    }

    /** What leads the connector here: its settings, by name without prefix. */
    @Override
    public Map<String, String> settings() {
        return Map.of("endpoint", url().toString(), "credentials-secret", SECRET);
    }

    /** What the connector's SecretReader must give, by name. */
    @Override
    public Map<String, String> secrets() {
        return Map.of(SECRET, tokens.keyFile(tokenUri()));
    }

    /** An access token that is good for an hour. */
    public String accessToken() {
        return tokens.issue();
    }

    /** All access tokens given out until now are refused from now on. */
    public void expireTokens() {
        tokens.expireAll();
    }

    /** A dataset's data are there: jobs that name it, and no location, run there. All others are in the US. */
    public void dataset(String name, String location) {
        inserts.dataset(name, location);
    }

    /** How long the jobs wait and run that are created from now on. */
    public void pace(Duration queued, Duration running) {
        inserts.pace = new Pace(queued, running, false, null);
    }

    /** Jobs that are created from now on run until {@link #finish} or until they are cancelled. */
    public void hold() {
        inserts.pace = new Pace(Duration.ZERO, Duration.ZERO, true, null);
    }

    /** All jobs that run and were not cancelled end now, well if their query does; states have their own names again. */
    public void finish() {
        try {
            book.finish();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Jobs that are created from now on fail so at their end, where their query itself does not. */
    public void fail(String reason, String message) {
        var was = inserts.pace;
        inserts.pace = new Pace(was.queued(), was.running(), was.held(), new Failure(reason, message));
    }

    /** Every ended job shows this among its errors from now on, though it did not fail of it. */
    public void warn(String message) {
        book.warn(message);
    }

    /** Every job's state is shown as this, until {@link #finish}. */
    public void oddState(String state) {
        book.oddState(state);
    }

    /** A list shows what happens from now on only this much later; zero ends it. */
    public void listLag(Duration lag) {
        book.lag(lag);
    }

    /** A list has at most so many jobs on a page, whatever is asked for; 1,000 at first. */
    public void pageSize(int most) {
        book.pageSize(most);
    }

    /** Lists cannot tell of jobs at this location, and say so; null ends it. */
    public void unreachable(@Nullable String location) {
        book.unreachable(location);
    }

    /** What a job was created with: its whole {@code configuration}, as JSON. */
    public String configuration(String project, String location, String id) {
        try {
            return book.find(project, location, id).configuration().toString();
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
        var path = PATH.matcher(request.path());
        if (request.path().equals("/token")) {
            return Operation.TOKEN;
        }
        if (!path.matches()) {
            return Operation.OTHER;
        }
        boolean get = request.method().equals("GET");
        if (!path.group("kind").equals("jobs")) {
            return get ? Operation.OUTPUT : Operation.OTHER;
        }
        if (path.group("id") == null) {
            return get
                    ? Operation.LIST
                    : request.text().contains("\"dryRun\":true") ? Operation.OTHER : Operation.CREATE;
        }
        return get ? Operation.POLL : "cancel".equals(path.group("rest")) ? Operation.CANCEL : Operation.OTHER;
    }

    @Override
    protected Reply answer(Request request) throws Exception {
        if (request.is("POST", "/token")) {
            return tokens.answer(request, tokenUri());
        }
        if (!tokens.good(request.header("authorization"))) {
            return unauthorized();
        }
        var path = PATH.matcher(request.path());
        if (!path.matches()) {
            return Reply.html(404);
        }
        try {
            return answer(request, path);
        } catch (Wrong e) {
            return e.reply();
        }
    }

    private Reply answer(Request request, Matcher path) throws Exception {
        var project = path.group("project");
        var id = path.group("id");
        var rest = path.group("rest");
        var call = request.method() + " " + path.group("kind");
        var location = request.query("location");
        if (call.equals("POST jobs") && id == null) {
            return inserts.insert(project, request.json());
        }
        if (call.equals("POST jobs") && "cancel".equals(rest)) {
            var job = book.find(project, location, id);
            job.cancel(clock().instant());
            return Reply.json(200, JobJson.object()
                    .put("kind", "bigquery#jobCancelResponse")
                    .set("job",
                            book.show(job)));
        }
        if (call.equals("GET jobs") && rest == null) {
            return id == null
                    ? book.list(project, request)
                    : Reply.json(200, book.show(book.find(project, location, id)));
        }
        if (call.equals("GET queries") && id != null && rest == null) {
            return reads.results(book.find(project, location, id), request);
        }
        var table = TABLE.matcher(rest == null ? "" : rest);
        if (call.equals("GET datasets") && id != null && table.matches()) {
            var named = new Table(project, id, table.group(1));
            return table.group(2) == null ? reads.table(named) : reads.data(named, request);
        }
        throw new Wrong(501, "notImplemented", "This simulator does not know " + call);
    }

    private String tokenUri() {
        return url() + "/token";
    }

    @Override
    public Reply tooManyRequests(@Nullable Duration retryAfter) {
        var reply = Wrong.reply(403, "rateLimitExceeded",
                "Exceeded rate limits: too many api requests per user per method for this user_method");
        return retryAfter == null ? reply : reply.with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    @Override
    public Reply unauthorized() {
        return Wrong
                .reply(401, "authError",
                        "Request had invalid authentication credentials. Expected OAuth 2 access token")
                .with("WWW-Authenticate", "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\"");
    }

    @Override
    public Reply failure(int status) {
        return status == 502
                ? Reply.html(status)
                : Wrong.reply(status, status == 500 ? "internalError" : "backendError",
                        "Error encountered during execution. Retrying may solve the problem.");
    }

    @Override
    public void close() {
        super.close();
        engine.close();
    }
}
