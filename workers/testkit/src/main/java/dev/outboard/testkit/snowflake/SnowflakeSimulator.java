package dev.outboard.testkit.snowflake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Snowflake's SQL API v2. Any account and user is served that signs with the key in {@link #secrets}; databases, schemas and
 * warehouses are there as soon as somebody names them. A statement goes through its states at {@link #pace}; those that are
 * not submitted with {@code async=true} run at once.
 */
public final class SnowflakeSimulator extends Simulator {
    /** The warehouse that {@link #settings} keep for looks into the history. */
    public static final String HISTORY_WAREHOUSE = "HISTORY_WH";

    private static final String STATEMENTS = "/api/v2/statements";
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    private final Keyring keyring = new Keyring();
    private final Book book;
    private volatile int partition = 5_000;

    private SnowflakeSimulator(SimClock clock, int port) {
        super(clock, port);
        book = new Book(clock);
    }

    /** @param port 0 for any that is free */
    public static SnowflakeSimulator start(SimClock clock, int port) {
        var simulator = new SnowflakeSimulator(clock, port);
        simulator.start();
        return simulator;
    }

    /** The connector's settings that lead it here. */
    @Override
    public Map<String, String> settings() {
        return Map.of("endpoint", url().toString(), "history-warehouse", HISTORY_WAREHOUSE);
    }

    /** What the connector's secret reader must give: the private key, by Flyte 1's name and by the Flyte 2 example's. */
    @Override
    public Map<String, String> secrets() {
        return Map.of("snowflake_private_key", keyring.pem(), "SNOWFLAKE_PRIVATE_KEY", keyring.pem());
    }

    /** Keys and tokens given out until now are refused; {@link #secrets} has a new key. */
    public void rotate() {
        keyring.rotate();
    }

    /** From now on this OAuth token is good, for this user. */
    public void oauth(String token, String user) {
        keyring.oauth(token, user.toUpperCase(Locale.ROOT));
    }

    /** From now on this programmatic access token is good, for this user. */
    public void personal(String token, String user) {
        keyring.personal(token, user.toUpperCase(Locale.ROOT));
    }

    /** For statements submitted from now on. */
    public void pace(Pace pace) {
        book.pace(pace);
    }

    /** Statements submitted with {@code async=true} from now on run until {@link #release}. */
    public void hold() {
        book.hold();
    }

    /** Whatever runs may end; states have their own names again. */
    public void release() {
        book.release();
    }

    /** The history shows what happens from now on only this much later. */
    public void lag(Duration lag) {
        book.lag(lag);
    }

    /** Whatever runs is told to be in this state, until {@link #release}. */
    public void unheardOf(String status) {
        book.unheardOf(status);
    }

    /** How many rows a partition of a result has at most. */
    public void partition(int rows) {
        partition = rows;
    }

    @Override
    public List<Entry> ledger() {
        return book.ledger();
    }

    @Override
    protected Operation operation(Request request) {
        if (request.is("POST", STATEMENTS)) {
            var body = Replies.object(request.body());
            var sql = body == null ? "" : body.path("statement").asText().toLowerCase(Locale.ROOT);
            return sql.contains("query_history")
                    ? sql.contains("/* find */") ? Operation.FIND : Operation.LIST
                    : sql.startsWith("explain") ? Operation.OTHER : Operation.CREATE;
        }
        return request.is("POST", STATEMENTS + "/[^/]+/cancel")
                ? Operation.CANCEL
                : request.query("partition") != null ? Operation.OUTPUT : Operation.POLL;
    }

    @Override
    protected Reply answer(Request request) throws InterruptedException {
        var seen = keyring.look(request);
        if (seen.user() == null) {
            return Replies.refused(401, String.valueOf(seen.code()), Keyring.INVALID_JWT.equals(seen.code())
                    ? "JWT token is invalid."
                    : "Invalid OAuth access token.");
        }
        if (request.header("User-Agent") == null) {
            return Replies.refused(400, "391903", "The header User-Agent is missing.");
        }
        if (request.is("POST", STATEMENTS)) {
            return submit(request, seen.user());
        }
        var handle = request.path().replaceFirst(STATEMENTS + "/([^/]+).*", "$1");
        if (request.is("POST", STATEMENTS + "/[^/]+/cancel")) {
            var statement = book.cancel(handle) ? book.find(handle) : null;
            return statement == null ? Replies.notFound(handle) : Replies.cancelled(statement);
        }
        if (!request.is("GET", STATEMENTS + "/[^/]+")) {
            return Replies.refused(404, "390404", "Not found.");
        }
        var statement = book.find(handle);
        return statement == null ? Replies.notFound(handle) : told(statement, request.query("partition"));
    }

    private Reply submit(Request request, String user) throws InterruptedException {
        var type = request.header("Content-Type");
        if (type == null || !type.startsWith("application/json")) {
            return Replies.refused(415, "391902", "Unsupported Content-Type header " + type + " is specified.");
        }
        var id = request.query("requestId");
        if (id != null && !id.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            return Replies.refused(400, "391901", "requestId is not a UUID.");
        }
        var body = Replies.object(request.body());
        if (body == null || !body.path("statement").isTextual() || !bindings(body.path("bindings"))) {
            return Replies.refused(400, "390142", "Request body is invalid or incomplete.");
        }
        boolean async = "true".equals(request.query("async"));
        var statement = book.submit(order(body, user, id), "true".equals(request.query("retry")), !async);
        if (!async) {
            book.await(statement, PATIENCE);
        }
        return async ? Replies.running(statement, "333334") : told(statement, null);
    }

    private static Order order(JsonNode body, String user, @Nullable String id) {
        var session = new Order.Session(user, text(body, "database"), text(body, "schema"), text(body, "warehouse"),
                text(body, "role"));
        return new Order(id == null ? UUID.randomUUID().toString() : id, body.path("statement").asText(),
                body.path("bindings"), tag(body.path("parameters")), session,
                Duration.ofSeconds(body.path("timeout").asLong()));
    }

    /** Objects of a type and a value, from {@code "1"} on, if there are any. */
    private static boolean bindings(JsonNode bindings) {
        for (int i = 1; i <= bindings.size(); i++) {
            if (!bindings.path(Integer.toString(i)).path("type").isTextual()) {
                return false;
            }
        }
        return bindings.isMissingNode() || bindings.isObject();
    }

    private static @Nullable String tag(JsonNode parameters) {
        var tag = text(parameters, "query_tag");
        return tag == null ? text(parameters, "QUERY_TAG") : tag;
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }

    private Reply told(Statement statement, @Nullable String part) {
        var outcome = book.outcome(statement);
        if (outcome == null) {
            return Replies.running(statement, book.unheardOf() == null ? "333334" : "333999");
        }
        var fault = outcome.fault();
        var table = outcome.table();
        if (fault != null || table == null) {
            return Replies.failed(statement, fault == null ? SqlFault.CANCELLED : fault);
        }
        int number = part == null || !part.matches("\\d{1,6}") ? 0 : Integer.parseInt(part);
        return Replies.rows(statement, table, number, partition);
    }

    @Override
    public Reply tooManyRequests(@Nullable Duration retryAfter) {
        var reply = Replies.refused(429, "390505", "Too many requests.");
        return retryAfter == null ? reply : reply.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    @Override
    public Reply unauthorized() {
        return Replies.refused(401, Keyring.INVALID_TOKEN, "Invalid OAuth access token.");
    }

    @Override
    public Reply failure(int status) {
        return Replies.refused(status, "390" + status, "Snowflake says " + status + ".");
    }

    @Override
    public void close() {
        super.close();
        book.close();
    }
}
