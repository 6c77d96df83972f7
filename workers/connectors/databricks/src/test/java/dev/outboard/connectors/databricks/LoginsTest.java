package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import dev.outboard.testkit.databricks.DatabricksSimulator;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom requests are made as. */
class LoginsTest {
    private static final Map<String, String> PRINCIPAL = Map.of("client-id", "principal");

    private static TaskError rejected(Bench bench) throws Exception {
        return assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(bench.small())).error();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"databricksTokenSecret\": \"MY_TOKEN\"",
            "\"secrets\": {\"databricks_token\": \"MY_TOKEN\"}"})
    void aJobNamesItsOwn(String named) throws Exception {
        try (var bench = new Bench(PRINCIPAL)) {
            var job = "{\"custom\": {\"databricksConf\": {\"existing_cluster_id\": \"c\"}, " + named + "}}";
            var error = assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(bench.request(job)))
                    .error();
            assertTrue(error.message().contains("`MY_TOKEN`"), error.message());
            assertEquals(Category.AUTH, error.platform().category());
            bench.secrets.put("MY_TOKEN", bench.secrets.remove(DatabricksSimulator.SECRET) + "\n");
            var handle = bench.create(bench.request(job));
            assertInstanceOf(PollResult.Running.class, bench.poll(handle));
            assertEquals(Bench.HOST + "|MY_TOKEN", bench.connector.account(handle));
            assertTrue(bench.connector.pollAll(bench.connector.account(handle), Set.of(handle), null)
                    .results()
                    .containsKey(handle));
            assertEquals(0, bench.databricks.requests(Operation.TOKEN));
        }
    }

    @Test
    void flytesNameIsKnown() throws Exception {
        try (var bench = new Bench()) {
            bench.secrets.put("FLYTE_DATABRICKS_ACCESS_TOKEN", bench.secrets.remove(DatabricksSimulator.SECRET));
            bench.create(bench.small());
        }
    }

    @Test
    void whatIsMissingIsNamed() throws Exception {
        try (var bench = new Bench(Map.of("token-secret", "no-such-secret"))) {
            var error = rejected(bench);
            assertEquals("NoCredentials", error.code());
            assertTrue(error.message().contains("`no-such-secret`"), error.message());
            assertTrue(error.nextStep().contains("--secrets"), error.nextStep());
            assertEquals(0, bench.databricks.requests());
        }
        try (var bench = new Bench(PRINCIPAL)) {
            assertTrue(rejected(bench).message().contains("`databricks-client-secret`"));
        }
    }

    @Test
    void aTokenThatIsRefusedIsReadOnceMore() throws Exception {
        try (var bench = new Bench()) {
            var handle = bench.create(bench.small());
            bench.databricks.rotate();
            assertThrows(IOException.class, () -> bench.poll(handle));
            assertEquals(2, bench.databricks.requests(Operation.POLL) + bench.databricks.requests(Operation.CREATE),
                    "the same token is not sent twice");
            assertEquals("NotAuthorized", rejected(bench).code());
            bench.secrets.putAll(bench.databricks.secrets());
            assertInstanceOf(PollResult.Running.class, bench.poll(handle));
        }
    }

    @Test
    void aPrincipalsTokenIsFetchedOnceAndRenewed() throws Exception {
        try (var bench = new Bench(PRINCIPAL)) {
            bench.databricks.hold();
            bench.databricks.oauthClient("principal", "its secret");
            bench.secrets.put("databricks-client-secret", "its secret");
            var creates = new ArrayList<Callable<CreateResult>>();
            for (int i = 0; i < 20; i++) {
                var request = bench.small();
                creates.add(() -> bench.connector.create(request));
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var created : threads.invokeAll(creates)) {
                    assertInstanceOf(CreateResult.Created.class, created.get());
                }
            }
            assertEquals(1, bench.databricks.requests(Operation.TOKEN), "twenty at once ask for one token");
            // two minutes before its end
            bench.pass(Duration.ofMinutes(59));
            var handle = bench.create(bench.small());
            assertEquals(2, bench.databricks.requests(Operation.TOKEN));
            bench.databricks.rotate();
            bench.taken.clear();
            assertInstanceOf(PollResult.Running.class, bench.poll(handle));
            assertEquals(3, bench.databricks.requests(Operation.TOKEN));
            assertEquals(List.of(Bench.HOST), bench.taken, "the second request of this poll");
        }
    }

    @Test
    void aPrincipalThatIsRefusedIsTold() throws Exception {
        try (var bench = new Bench(PRINCIPAL)) {
            bench.secrets.put("databricks-client-secret", "wrong");
            var error = rejected(bench);
            assertEquals("invalid_client", error.platform().code());
            assertTrue(error.message().contains("Client authentication failed"), error.message());
            assertFalse(error.toString().contains("wrong"), error.toString());
            bench.databricks.faults()
                    .next(Operation.TOKEN,
                            new Fault.Answer(bench.databricks.tooManyRequests(Duration.ofSeconds(9)), false));
            var retry = assertInstanceOf(CreateResult.Retry.class, bench.connector.create(bench.small()));
            assertEquals(Duration.ofSeconds(9), retry.after());
            for (var reply : List.of(Reply.html(200), Reply.json(200, Map.of()), bench.databricks.failure(503))) {
                bench.databricks.faults().next(Operation.TOKEN, new Fault.Answer(reply, false));
                assertInstanceOf(CreateResult.Unknown.class, bench.connector.create(bench.small()));
            }
            assertEquals(5, bench.databricks.requests(Operation.TOKEN), "one request for each");
        }
    }

    /** Entra's way: id and secret in the form, the scope of Databricks' own application. */
    @Test
    void anAzurePrincipal() throws Exception {
        var asked = new ArrayList<String>();
        var entra = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        entra.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " " + exchange.getRequestHeaders().getFirst("Authorization") + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            var body = "{\"access_token\": \"of-entra\", \"expires_in\": 3599}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        entra.start();
        try (var bench = new Bench(Map.of("azure-tenant-id", "tenant.example", "azure-client-id", "app",
                "azure-authority", "http://127.0.0.1:" + entra.getAddress().getPort()))) {
            bench.secrets.put("databricks-azure-client-secret", "s&cret");
            // the workspace knows no such token, which is all that this wants
            assertEquals("NotAuthorized", rejected(bench).code());
            var form = asked.getFirst();
            assertTrue(form.startsWith("/tenant.example/oauth2/v2.0/token null "), form);
            assertEquals(Set.of("grant_type=client_credentials", "client_id=app", "client_secret=s%26cret",
                    "scope=2ff814a6-3304-4ab8-85cb-cd0e6f879c1d%2F.default"),
                    Set.of(form.substring(form.lastIndexOf(' ') + 1).split("&")));
        } finally {
            entra.stop(0);
        }
    }
}
