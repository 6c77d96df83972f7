package dev.outboard.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Jobs on the measured API, over a connection of one's own. Used by one thread. */
public final class Jobs implements AutoCloseable {
    public static final String PATH = "/api/v1/jobs";
    public static final int CREATED = 201;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Pattern STATE = Pattern.compile("\"state\":\"([A-Z]+)\"");
    private static final Pattern ENDED = Pattern.compile("SUCCEEDED|FAILED|CANCELLED");
    /** About a kilobyte, as a real statement has it. */
    private static final String BODY = """
            {"template": {"id": {"resource_type": "TASK", "project": "demo", "domain": "development",
              "name": "pricing_summary", "version": "v1"}, "type": "bench",
             "sql": {"statement": "%s -- SELECT returnflag, linestatus, sum(quantity) AS sum_qty, \
            sum(extendedprice) AS sum_base_price, sum(extendedprice * (1 - discount)) AS sum_disc_price, \
            sum(extendedprice * (1 - discount) * (1 + tax)) AS sum_charge, avg(quantity) AS avg_qty, \
            avg(extendedprice) AS avg_price, avg(discount) AS avg_disc, count(*) AS count_order FROM lineitem \
            WHERE shipdate <= DATE '1998-09-02' GROUP BY returnflag, linestatus ORDER BY returnflag, linestatus"},
             "interface": {"inputs": {"variables": {"rows": {"type": {"simple": "INTEGER"}}}},
              "outputs": {"variables": {"rows": {"type": {"simple": "INTEGER"}}, "uri": {"type": {"simple": "STRING"}}}}}},
             "inputs": {"rows": 10000000}}
            """;

    private final Connection connection;

    Jobs(int port) {
        connection = new Connection(port);
    }

    /** The body of a create whose job does what {@link BenchConnector} says of this statement. */
    static byte[] body(String statement) {
        return BODY.formatted(statement).getBytes(StandardCharsets.UTF_8);
    }

    /** A create without a key. */
    static byte[] create(byte[] body) {
        return Connection.request("POST", PATH, "Content-Type: application/json\r\n", body);
    }

    /** The request that creates, without a key, a job which does what {@link BenchConnector} says of this statement. */
    public static byte[] request(String statement) {
        return create(body(statement));
    }

    /** A create with a key that nobody else has. */
    static byte[] createWithKey(byte[] body) {
        return Connection.request("POST", PATH,
                "Content-Type: application/json\r\nIdempotency-Key: " + UUID.randomUUID()
                        + "\r\n",
                body);
    }

    /** Hands a job over; returns its path. */
    String create(String statement) throws IOException {
        send(create(body(statement)));
        return location();
    }

    /** Sends a create that was made before. */
    void send(byte[] create) throws IOException {
        connection.send(create, CREATED);
    }

    /** Sends such creates over and over; closing it closes this. */
    Caller caller(Supplier<byte[]> create) {
        return new Caller() {
            @Override
            public void call() throws IOException {
                send(create.get());
            }

            @Override
            public void close() {
                Jobs.this.close();
            }
        };
    }

    /** The path of the job that the last send created. */
    String location() {
        return connection.header("Location").orElseThrow();
    }

    /** Waits until this job is in this state. */
    void await(String path, Pattern state) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            connection.send(Connection.get(path), 200);
            var told = STATE.matcher(connection.body());
            if (told.find() && state.matcher(told.group(1)).matches()) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new BenchFailed("job " + path + " is not " + state + " within " + LIMIT.toSeconds() + " s");
            }
            Thread.sleep(10);
        }
    }

    /** Waits until the job that the last send created has ended. */
    void awaitEnd() throws IOException, InterruptedException {
        await(location(), ENDED);
    }

    /** Of the last answer. */
    String position() {
        return connection.header("Outboard-Position").orElse("");
    }

    /** The last answer, for the bare server to repeat under this name. */
    void can(int bare, String name) throws IOException {
        try (var other = new Connection(bare)) {
            other.send(Connection.request("PUT", "/" + name, "", connection.answer()), 204);
        }
    }

    @Override
    public void close() {
        connection.close();
    }
}
