package dev.outboard.testkit.snowflake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.SimClock;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The wire as the SQL API's documents show it; there is no vendor client for Java that speaks it. */
class SnowflakeSimulatorTest {
    private static final String LONG = "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b";
    private final SimClock clock = SimClock.running();
    private final SnowflakeSimulator snowflake = SnowflakeSimulator.start(clock, 0);
    private Raw raw;

    @BeforeEach
    void open() throws Exception {
        raw = new Raw(snowflake);
    }

    @AfterEach
    void close() {
        raw.close();
        snowflake.close();
    }

    @Test
    void anAsynchronousStatementGoesFrom202To200() throws Exception {
        snowflake.hold();
        var submitted = raw.post("?async=true", Raw.body("SELECT 1 AS one, 'x' AS two, NULL AS three"));
        assertEquals(202, submitted.status());
        assertEquals("333334", submitted.code());
        assertTrue(submitted.body().path("statementStatusUrl").asText().contains(submitted.handle()));
        assertEquals(202, raw.get(submitted.handle()).status());
        snowflake.release();
        var ended = raw.end(submitted.handle());
        assertEquals(200, ended.status());
        assertEquals("090001", ended.code());
        assertEquals("[[\"1\",\"x\",null]]", ended.body().path("data").toString());
        var meta = ended.body().path("resultSetMetaData");
        assertEquals(1, meta.path("numRows").asInt());
        assertEquals("fixed", meta.path("rowType").path(0).path("type").asText());
        assertEquals("ONE", meta.path("rowType").path(0).path("name").asText());
    }

    @Test
    void aBigResultComesInPartitions() throws Exception {
        snowflake.partition(400);
        var first = raw.run("SELECT i FROM range(1000) t(i) ORDER BY i");
        assertEquals(400, first.body().path("data").size());
        assertEquals(3, first.body().path("resultSetMetaData").path("partitionInfo").size());
        var link = first.headers().firstValue("Link").orElseThrow();
        assertTrue(link.contains("partition=1>;rel=\"next\""), link);
        var last = raw.get(first.handle() + "?partition=2");
        assertEquals("gzip", last.headers().firstValue("Content-Encoding").orElseThrow());
        assertEquals(200, last.body().path("data").size());
        assertEquals("999", last.body().path("data").path(199).path(0).asText());
    }

    @Test
    void errorsHaveSnowflakesCodes() throws Exception {
        failed("SELEC 1", "001003", "42000");
        failed("SELECT * FROM nothing_here", "002003", "42S02");
        failed("SELECT no_such FROM people", "000904", "42000");
        failed("SELECT 'abc'::INTEGER", "100038", "22018");
        failed("SELECT no_such_function(1)", "002140", "42601");
        failed("SELECT 1; SELECT 2", "000008", "0A000");
        assertEquals(200, raw.run("SELECT ';' -- a ; b\n;").status());
        var body = Raw.body("SELECT 1");
        body.put("warehouse", "compute_wh");
        assertEquals("000606", raw.post("", body).code(), "names are compared exactly");
    }

    private void failed(String sql, String code, String state) throws Exception {
        var said = raw.run(sql);
        assertEquals(422, said.status(), sql);
        assertEquals(code, said.code(), said.body().toString());
        assertEquals(state, said.body().path("sqlState").asText());
        assertEquals(said.body().path("message"), raw.get(said.handle()).body().path("message"));
    }

    @Test
    void aCancelReallyInterrupts() throws Exception {
        var handle = raw.post("?async=true", Raw.body(LONG)).handle();
        assertEquals(202, raw.get(handle).status());
        var cancelled = raw.cancel(handle);
        assertEquals(200, cancelled.status());
        assertEquals("000604", cancelled.code());
        var said = raw.get(handle);
        assertEquals(422, said.status());
        assertEquals("000604", said.code());
        assertEquals("57014", said.body().path("sqlState").asText());
        assertEquals("000709", raw.cancel(handle).code());
        assertEquals(422, raw.cancel("01c0ffee-0000").status());
        assertEquals("000709", raw.get("01c0ffee-0000").code());
        // eight of them have threads; a ninth would wait for ever if they went on
        for (int i = 0; i < 9; i++) {
            raw.cancel(raw.post("?async=true", Raw.body(LONG)).handle());
        }
        assertEquals(200, raw.end(raw.post("?async=true", Raw.body("SELECT 1")).handle()).status());
    }

    @Test
    void aStatementPastItsTimeOutIs408() throws Exception {
        snowflake.hold();
        var body = Raw.body("SELECT 1");
        body.put("timeout", 5);
        var handle = raw.post("?async=true", body).handle();
        clock.advance(Duration.ofSeconds(6));
        assertEquals(408, raw.get(handle).status());
        assertEquals("000630", raw.get(handle).code());
    }

    /** What the vendor promises, and no more. */
    @Test
    void aRepeatedRequestIsDedupedOnlyOnceItHasSucceeded() throws Exception {
        snowflake.hold();
        var id = UUID.randomUUID().toString();
        var once = raw.post("?async=true&requestId=" + id, Raw.body("SELECT 1")).handle();
        var twice = raw.post("?async=true&retry=true&requestId=" + id, Raw.body("SELECT 1")).handle();
        assertNotEquals(once, twice, "the first one still ran");
        snowflake.release();
        raw.end(once);
        raw.end(twice);
        assertEquals(once, raw.post("?async=true&retry=true&requestId=" + id, Raw.body("SELECT 1")).handle());
        raw.post("?async=true&requestId=" + id, Raw.body("SELECT 1"));
        assertEquals(3, snowflake.ledger().size(), "without retry=true it runs again");
        assertEquals(400, raw.post("?requestId=7", Raw.body("SELECT 1")).status());
    }

    @Test
    void bindingsAreTyped() throws Exception {
        var body = Raw.body("SELECT ?, ?, ?, ?, ?, ?::TIMESTAMP_TZ, ?::TIMESTAMP_NTZ, ?::DATE");
        body.put("bindings", Map.of("1", bind("FIXED", "7"), "2", bind("REAL", "1.5"), "3", bind("TEXT", "a'b"), "4",
                bind("BOOLEAN", "true"), "5", bind("BINARY", "00FF"), "6",
                bind("TIMESTAMP_TZ", "1700000000000000001 1440"), "7", bind("TIMESTAMP_NTZ", "1700000000000000000"),
                "8",
                bind("DATE", "86400000")));
        assertEquals(
                "[[\"7\",\"1.5\",\"a'b\",\"true\",\"00FF\",\"1700000000.000000000\",\"1700000000.000000000\",\"1\"]]",
                raw.post("", body).body().path("data").toString());
        body.put("bindings", Map.of("1", bind("FIXED", "seven")));
        assertEquals("100038", raw.post("", body).code());
        body.put("bindings", Map.of("one", "seven"));
        assertEquals(400, raw.post("", body).status());
    }

    @Test
    void arraysInsertManyRows() throws Exception {
        var body = Raw.body("INSERT INTO people (id, name) VALUES (?, ?)");
        body.put("bindings",
                Map.of("1", bind("FIXED", List.of("1", "2", "3")), "2", bind("TEXT", List.of("a", "b", "c"))));
        var said = raw.post("", body);
        assertEquals(3, said.body().path("stats").path("numRowsInserted").asInt(), said.body().toString());
        assertEquals("3", said.body().path("data").path(0).path(0).asText());
        assertEquals("[[\"b\"]]", raw.run("SELECT name FROM people WHERE id = 2").body().path("data").toString());
    }

    private static Map<String, Object> bind(String type, Object value) {
        return Map.of("type", type, "value", value);
    }

    @Test
    void theHistoryShowsStatesAndLags() throws Exception {
        snowflake.pace(new Pace(Duration.ofSeconds(10), Duration.ofSeconds(10), Duration.ofSeconds(10)));
        var body = Raw.body("SELECT 1");
        body.put("parameters", Map.of("query_tag", "outboard:here:k1:{}"));
        var handle = raw.post("?async=true", body).handle();
        assertEquals("queued", status());
        clock.advance(Duration.ofSeconds(11));
        assertEquals("resuming_warehouse", status());
        clock.advance(Duration.ofSeconds(10));
        assertEquals("running", status());
        assertEquals(202, raw.get(handle).status());
        clock.advance(Duration.ofSeconds(11));
        assertEquals(200, raw.end(handle).status());
        assertEquals("success", status());
        assertEquals("k1", snowflake.ledger().getFirst().key());
        snowflake.lag(Duration.ofSeconds(30));
        raw.post("?async=true", body);
        assertEquals(1, history("").size(), "the second is not shown yet");
        clock.advance(Duration.ofSeconds(31));
        assertEquals(2, history("").size());
        assertEquals(1, history("result_limit => 1").size());
        assertEquals(0, history("user_name => 'OTHER'").size());
        assertEquals(5, snowflake.requests(Operation.LIST) - 3);
    }

    private String status() throws Exception {
        return history("").path(0).path(1).asText();
    }

    private com.fasterxml.jackson.databind.JsonNode history(String arguments) throws Exception {
        return raw.run(
                "select query_id, execution_status from table(information_schema.query_history_by_user(" + arguments
                        + ")) where startswith(query_tag, 'outboard:')")
                .body()
                .path("data");
    }

    @Test
    void onlyGoodCredentialsPass() throws Exception {
        refused("390144", "KEYPAIR_JWT", raw.jwt("myorg-account1.flyte", Duration.ZERO, Duration.ofMinutes(59)));
        refused("390144", "KEYPAIR_JWT", raw.jwt("MYORG-ACCOUNT1.FLYTE", Duration.ofHours(1), Duration.ofMinutes(59)));
        refused("390144", "KEYPAIR_JWT", raw.jwt("MYORG-ACCOUNT1.FLYTE", Duration.ZERO, Duration.ofMinutes(61)));
        var good = raw.jwt("MYORG-ACCOUNT1.FLYTE", Duration.ZERO, Duration.ofMinutes(59));
        refused("390144", "KEYPAIR_JWT", good.substring(0, good.lastIndexOf('.')) + ".AAAA");
        refused("390303", "OAUTH", good);
        snowflake.oauth("an-oauth-token", "FLYTE");
        snowflake.personal("a-personal-token", "FLYTE");
        raw.token("OAUTH", "an-oauth-token");
        assertEquals(200, raw.run("SELECT 1").status());
        raw.headers.remove("X-Snowflake-Authorization-Token-Type");
        assertEquals(200, raw.run("SELECT 1").status(), "OAUTH is assumed");
        raw.token("PROGRAMMATIC_ACCESS_TOKEN", "a-personal-token");
        assertEquals(200, raw.run("SELECT 1").status());
        raw.token("KEYPAIR_JWT", good);
        snowflake.rotate();
        refused("390144", "KEYPAIR_JWT", good);
    }

    private void refused(String code, String type, String token) throws Exception {
        raw.token(type, token);
        var said = raw.run("SELECT 1");
        assertEquals(401, said.status());
        assertEquals(code, said.code());
    }

    @Test
    void headersAndBodiesMustBeRight() throws Exception {
        assertEquals("390142", raw.post("", Map.of("sql", "SELECT 1")).code());
        raw.headers.put("Content-Type", "text/plain");
        assertEquals(415, raw.run("SELECT 1").status());
        try (var socket = new Socket(snowflake.url().getHost(), snowflake.url().getPort())) {
            socket.getOutputStream()
                    .write(("GET /api/v2/statements/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + "X-Snowflake-Authorization-Token-Type: KEYPAIR_JWT\r\nAuthorization: "
                            + raw.headers.get("Authorization") + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            var said = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(said.startsWith("HTTP/1.1 400") && said.contains("User-Agent"), said);
        }
    }

    @Test
    void tooManyRequestsAre429() throws Exception {
        snowflake.limit(1);
        raw.run("SELECT 1");
        var said = raw.run("SELECT 1");
        assertEquals(429, said.status());
        assertEquals("390505", said.code());
        assertEquals("1", said.headers().firstValue("Retry-After").orElseThrow());
    }
}
