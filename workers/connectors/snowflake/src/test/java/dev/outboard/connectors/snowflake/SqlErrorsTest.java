package dev.outboard.connectors.snowflake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError.Kind;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables: codes to errors, states to results, answers to outcomes. */
class SqlErrorsTest {
    private static final Meta META = new Meta(Meta.Form.V2, "ORG-ACC", "U", "D", "S", "W", null, true, null, null,
            "01c0");
    private final Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @ParameterizedTest
    @CsvSource({"001003, USER, InvalidQuery, false, USER, /template/sql/statement",
            "1003, USER, InvalidQuery, false, USER, /template/sql/statement",
            "000904, USER, InvalidQuery, false, USER, /template/sql/statement",
            "002003, USER, InvalidQuery, false, USER, /template/sql/statement",
            "100038, USER, InvalidQuery, false, USER, /template/sql/statement",
            "391908, USER, InvalidQuery, false, USER, /template/sql/statement",
            "003001, USER, NotPermitted, false, AUTH, /template/sql/statement",
            "000606, USER, NoWarehouse, false, USER, /template/custom/warehouse",
            "090105, USER, NoDatabase, false, USER, /template/custom/database",
            "390201, USER, NoDatabase, false, USER, /template/custom/database",
            "390189, USER, NoRole, false, AUTH, /template/custom",
            "090073, USER, QuotaExceeded, false, QUOTA, /template/custom/warehouse",
            "000625, SYSTEM, Locked, true, TRANSIENT,", "000630, SYSTEM, Timeout, true, TIMEOUT,",
            "000603, SYSTEM, SnowflakeIncident, true, TRANSIENT,",
            "300002, SYSTEM, SnowflakeIncident, true, TRANSIENT,",
            "999999, USER, InvalidQuery, false, USER, /template/sql/statement"})
    void codes(String code, Kind kind, String name, boolean retryable, Category category, String pointer) {
        var error = SqlErrors.of(code, "said", META);
        assertEquals(kind, error.kind());
        assertEquals(name, error.code());
        assertEquals(retryable, error.retryable());
        assertEquals(pointer, error.pointer());
        assertEquals("said", error.message());
        var said = error.platform();
        assertNotNull(said);
        assertEquals("Snowflake", said.platform());
        assertEquals(category, said.category());
        assertEquals(SqlErrors.filled(code), said.code());
        assertEquals("01c0", said.requestId());
        assertEquals("https://app.snowflake.com/ORG/ACC/#/compute/history/queries/01c0/detail", said.link());
    }

    @ParameterizedTest
    @CsvSource({"SUCCESS, , Succeeded, ", "FAILED_WITH_ERROR, 904, Failed, ", "FAILED_WITH_INCIDENT, , Failed, ",
            "FAILED_WITH_ERROR, 604, Cancelled, ", "ABORTED, , Cancelled, ", "RUNNING, , Running, false",
            "queued, , Running, true", "RESUMING_WAREHOUSE, , Running, true", "NO_DATA, , Running, true",
            "QUEUED_REPAIRING_WAREHOUSE, , Running, true", "BLOCKED, , Running, false", "ABORTING, , Running, false",
            "RESTARTED, , Running, false", "DISCONNECTED, , Running, false", "HIBERNATING, , Running, false"})
    void states(String status, String code, String result, Boolean queued) {
        var line = new History.Line("01c0", "", status, code == null ? "" : code, "said", Instant.EPOCH, null, 3);
        var told = Outcomes.line(line, META);
        assertEquals(result, told.getClass().getSimpleName());
        if (told instanceof PollResult.Running running) {
            assertEquals(queued, running.queued());
        }
    }

    private void create(int status, String code) {
        bench.snowflake.faults()
                .next(Operation.CREATE, new Fault.Answer(
                        Reply.json(status, Map.of("code", code, "message", "said", "statementHandle", "01c0")), false));
    }

    @ParameterizedTest
    @CsvSource({"202, 333334, Created", "200, 090001, Created", "408, 000630, Created", "422, 000604, Created",
            "422, 001003, Rejected", "400, 390142, Rejected", "401, 390303, Rejected", "403, 390420, Rejected",
            "404, 390404, Rejected", "405, 0, Rejected", "415, 391902, Rejected", "429, 390505, Retry",
            "307, 0, Unknown", "500, 0, Unknown", "502, 0, Unknown", "503, 0, Unknown", "504, 0, Unknown",
            "522, 0, Unknown"})
    void answersToACreate(int status, String code, String result) throws Exception {
        create(status, code);
        if (status == 401) {
            create(status, code);
        }
        var told = bench.connector.create(bench.request("SELECT 1", Map.of()));
        assertEquals(result, told.getClass().getSimpleName(), told.toString());
    }

    @Test
    void whoMayNotIsToldWhatToDo() throws Exception {
        create(401, "390303");
        create(401, "390303");
        var error = assertInstanceOf(CreateResult.Rejected.class,
                bench.connector.create(bench.request("SELECT 1", Map.of()))).error();
        assertEquals(Kind.SYSTEM, error.kind());
        assertTrue(error.retryable());
        assertNotNull(error.nextStep());
        assertEquals(Category.AUTH, error.platform() == null ? null : error.platform().category());
        create(403, "390420");
        error = assertInstanceOf(CreateResult.Rejected.class,
                bench.connector.create(bench.request("SELECT 1", Map.of()))).error();
        assertEquals("/template/config/user", error.pointer());
    }

    /** Whatever says nothing of the query is trouble on the way, never its end. */
    @ParameterizedTest
    @CsvSource({"400", "401", "403", "404", "500", "522"})
    void answersToAPollThatAreTrouble(int status) throws Exception {
        bench.snowflake.hold();
        var handle = bench.create("SELECT 1");
        bench.snowflake.faults().always(Operation.POLL, new Fault.Answer(bench.snowflake.failure(status), false));
        assertThrows(IOException.class, () -> bench.poll(handle));
    }

    @Test
    void snowflakesOwnErrorsArriveWhole() throws Exception {
        for (var batch : new boolean[]{false, true}) {
            var handle = bench.create("SELECT * FROM nothing_here");
            var single = assertInstanceOf(PollResult.Failed.class, bench.end(handle));
            var told = batch
                    ? bench.connector.pollAll(bench.connector.account(handle), java.util.Set.of(handle), null)
                            .results()
                            .get(handle)
                    : single;
            assertEquals(single, told);
            assertTrue(single.error().message().contains("'NOTHING_HERE' does not exist"), single.error().message());
            assertEquals("/template/sql/statement", single.error().pointer());
            assertNotNull(single.error().nextStep());
            assertNull(single.info().get("rows"));
        }
    }
}
