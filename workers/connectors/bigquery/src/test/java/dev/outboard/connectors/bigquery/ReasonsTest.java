package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import dev.outboard.spi.TaskError.Kind;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of errors: of a job that failed, and of a request that was refused. */
class ReasonsTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() {
        bench.close();
    }

    private static Reply reply(int status, String reason, String message) {
        return Reply.json(status, Map.of("error", Map.of("code", status, "message", message, "errors",
                List.of(Map.of("reason", reason, "message", message, "domain", "global")))));
    }

    private CreateResult create(Reply reply) throws Exception {
        bench.simulator.faults().always(Operation.CREATE, new Fault.Answer(reply, false));
        return bench.connector.create(Requests.request(Requests.key(0), "SELECT 1"));
    }

    @ParameterizedTest
    @CsvSource({"backendError,SYSTEM,TRANSIENT,true", "internalError,SYSTEM,TRANSIENT,true",
            "jobBackendError,SYSTEM,TRANSIENT,true", "jobInternalError,SYSTEM,TRANSIENT,true",
            "tableUnavailable,SYSTEM,TRANSIENT,true", "rateLimitExceeded,USER,QUOTA,true",
            "jobRateLimitExceeded,USER,QUOTA,true", "quotaExceeded,USER,QUOTA,true", "timeout,USER,TIMEOUT,false",
            "accessDenied,USER,AUTH,false", "billingNotEnabled,USER,AUTH,false", "blocked,USER,AUTH,false",
            "authError,SYSTEM,AUTH,false", "proxyAuthenticationRequired,SYSTEM,AUTH,false",
            "resourcesExceeded,USER,USER,false", "responseTooLarge,USER,USER,false",
            "billingTierLimitExceeded,USER,USER,false", "bytesBilledLimitExceeded,USER,USER,false",
            "attributeError,USER,USER,false", "badRequest,USER,USER,false", "invalid,USER,USER,false",
            "invalidQuery,USER,USER,false", "invalidUser,USER,USER,false", "notFound,USER,USER,false",
            "notImplemented,USER,USER,false", "resourceInUse,USER,USER,false", "duplicate,USER,USER,false",
            "brandNew,SYSTEM,USER,false"})
    void aJobsReason(String reason, Kind kind, Category category, boolean retryable) {
        var error = Reasons.error(reason, "said", "p:US.x", "https://x");
        assertEquals(kind, error.kind());
        assertEquals(category, error.platform().category());
        assertEquals(retryable, error.retryable());
        assertEquals(reason, error.platform().code());
        assertTrue(error.code().equalsIgnoreCase(reason) && Character.isUpperCase(error.code().charAt(0)),
                error.code());
        if (category != Category.TRANSIENT) {
            assertTrue(error.nextStep().endsWith("."), error.nextStep());
        }
    }

    @Test
    void twoChangesAtATimeAreTriedAgain() {
        var error = Reasons.error("invalidQuery", "Could not serialize access to table p:d.t due to concurrent update",
                null,
                null);
        assertTrue(error.retryable());
        assertEquals(Kind.SYSTEM, error.kind());
    }

    @ParameterizedTest
    @CsvSource({"400,invalidQuery,false", "400,invalid,false", "403,accessDenied,false", "403,billingNotEnabled,false",
            "404,notFound,false", "409,duplicate,false", "501,notImplemented,false",
            "400,jobBackendError,true", "400,jobInternalError,true", "400,jobRateLimitExceeded,true",
            "400,tableUnavailable,true"})
    void anInsertIsRefused(int status, String reason, boolean retryable) throws Exception {
        var rejected = assertInstanceOf(CreateResult.Rejected.class, create(reply(status, reason, "because of this")));
        TaskError error = rejected.error();
        assertEquals(retryable, error.retryable(), "a new attempt has a new job id");
        assertEquals("because of this", error.message());
        assertEquals(reason, error.platform().code());
        assertNull(error.platform().requestId(), "there is no job");
    }

    @ParameterizedTest
    @CsvSource({"500,internalError", "503,backendError", "502,badGateway", "400,backendError", "504,backendError"})
    void anInsertsOutcomeIsUnknown(int status, String reason) throws Exception {
        var unknown = assertInstanceOf(CreateResult.Unknown.class, create(reply(status, reason, "x")));
        assertTrue(unknown.cause().contains(status + " " + reason), unknown.cause());
        assertEquals(1, bench.simulator.requests(Operation.CREATE), "nothing is repeated inside");
    }

    @Test
    void whatIsNotBigQuerysSaysNothing() throws Exception {
        for (int status : new int[]{301, 400, 403, 404, 407, 500}) {
            assertInstanceOf(CreateResult.Unknown.class, create(Reply.html(status)), "status " + status);
        }
        bench.simulator.faults().clear();
        assertEquals(List.of(), bench.simulator.ledger());
    }

    @Test
    void patienceIsAskedForAndGiven() throws Exception {
        assertEquals(new CreateResult.Retry(Duration.ofSeconds(5), "slow down"),
                create(reply(403, "rateLimitExceeded", "slow down")));
        assertEquals(Duration.ofSeconds(17), assertInstanceOf(CreateResult.Retry.class,
                create(reply(429, "rateLimitExceeded", "x").with("Retry-After", "17"))).after());
        assertEquals(Duration.ofSeconds(5),
                assertInstanceOf(CreateResult.Retry.class, create(Reply.html(429))).after());
        assertEquals(Duration.ofHours(1), assertInstanceOf(CreateResult.Retry.class,
                create(reply(429, "rateLimitExceeded", "x").with("Retry-After", "999999"))).after());
        assertEquals(Duration.ofMinutes(10),
                assertInstanceOf(CreateResult.Retry.class, create(reply(403, "quotaExceeded", "x"))).after());
    }

    private Object poll(Reply reply) throws Exception {
        bench.simulator.faults().always(Operation.POLL, new Fault.Answer(reply, false));
        var handle = new JobHandle("flyte", "US", "x", null, 1L).write();
        try {
            return bench.connector.poll(handle, bench.secrets());
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    @Test
    void aPollConcludesNothingFromTrouble() throws Exception {
        assertEquals(new PollResult.Gone(), poll(reply(404, "notFound", "Not found: Job flyte:US.x")));
        assertEquals("BigQuery answered 404 notFound: Not found: Project flyte",
                poll(reply(404, "notFound", "Not found: Project flyte")));
        assertEquals("BigQuery answered 404: no error of BigQuery's, so perhaps a proxy's", poll(Reply.html(404)));
        assertEquals("BigQuery answered 403 accessDenied: no", poll(reply(403, "accessDenied", "no")));
        assertEquals(new PollResult.Retry(Duration.ofSeconds(5), "slow"),
                poll(reply(403, "rateLimitExceeded", "slow")));
        assertEquals("BigQuery's answer tells no state", poll(Reply.json(200, Map.of())));
    }

    @Test
    void anAnswerAboutNoJobIsNoCreate() throws Exception {
        assertInstanceOf(CreateResult.Unknown.class, create(Reply.json(200, Map.of("kind", "bigquery#job"))));
        assertInstanceOf(CreateResult.Unknown.class, create(Reply.json(200, List.of())));
        assertInstanceOf(CreateResult.Unknown.class, create(Reply.text(200, "application/json", "")));
        assertThrows(IllegalArgumentException.class, () -> JobHandle.read(new dev.outboard.spi.Handle(1, "nonsense")));
    }
}
