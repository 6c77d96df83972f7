package dev.outboard.connectors.snowflake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused before Snowflake is asked anything. */
class CheckTest {
    private Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        assertEquals(0, bench.snowflake.requests(), "no check may ask the platform");
        bench.close();
    }

    private void with(Map<String, String> settings) throws Exception {
        bench.close();
        bench = new Bench(settings);
    }

    private TaskError refused(String pointer, CreateRequest request) throws Exception {
        var error = bench.connector.check(request).orElseThrow();
        assertEquals(TaskError.Kind.USER, error.kind());
        assertFalse(error.retryable());
        assertEquals(pointer, error.pointer(), error.message());
        assertEquals(error, assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(request)).error());
        return error;
    }

    private CreateRequest config(String name, String value) {
        var config = new HashMap<>(Bench.CONFIG);
        config.put(name, value);
        return bench.request(Bench.template("SELECT 1", Map.of(), config, Set.of()), Map.of());
    }

    private CreateRequest without(String name) {
        var config = new HashMap<>(Bench.CONFIG);
        config.remove(name);
        return bench.request(Bench.template("SELECT 1", Map.of(), config, Set.of()), Map.of());
    }

    @Test
    void theBadExampleLacksAWarehouse() throws Exception {
        refused("/template/config/warehouse", bench.example("bad/snowflake-missing-warehouse.json"));
    }

    @Test
    void everyFieldOfFlyte1MustBeThere() throws Exception {
        for (var name : Bench.CONFIG.keySet()) {
            refused("/template/config/" + name, without(name));
            refused("/template/config/" + name, config(name, ""));
        }
    }

    @Test
    void everyFieldOfFlyte2ButTheSchemaMustBeThere() throws Exception {
        for (var name : Bench.CUSTOM.keySet()) {
            var custom = new HashMap<String, Object>(Bench.CUSTOM);
            custom.remove(name);
            refused("/template/custom/" + name,
                    bench.request(Bench.template("SELECT 1", custom, Map.of(), Set.of()), Map.of()));
            refused("/template/custom/" + name, bench.custom("SELECT 1", Map.of(), Map.of(name, 7.0)));
        }
        refused("/template/custom/batch", bench.custom("SELECT 1", Map.of(), Map.of("batch", "yes")));
        refused("/template/custom/secrets", bench.custom("SELECT 1", Map.of(), Map.of("secrets", "x")));
        refused("/template/custom/secrets/snowflake_private_key",
                bench.custom("SELECT 1", Map.of(), Map.of("secrets", Map.of("snowflake_private_key", 1.0))));
    }

    @Test
    void aStatementMustBeThere() throws Exception {
        refused("/template/sql/statement", bench.request((String) null, Map.of()));
        refused("/template/sql/statement", bench.request("  ", Map.of()));
        refused("/template/sql/statement", bench.request("SELECT %(x)s", Map.of("y", 1L)));
        refused("/inputs/x", bench.request("SELECT %(x)s", Map.of("x", Map.of())));
    }

    @Test
    void anAccountThatLeadsElsewhereIsRefused() throws Exception {
        for (var account : new String[]{"https://evil.example", "evil.example/x", "evil.example:443", "a@evil", "a#b",
                "a?b",
                "127.0.0.1:80", "a b", "..", "a..b", "-a", "a\\b", "evil.example%2f", "x.snowflakecomputing.com",
                "a.b.c.d.e"}) {
            refused("/template/config/account", config("account", account));
        }
        refused("/template/custom/account", bench.custom("SELECT 1", Map.of(), Map.of("account", "evil.example/")));
        assertThrows(IllegalArgumentException.class, () -> bench.poll(new Handle(0,
                "{\"account\":\"evil.example/\",\"user\":\"u\",\"query_id\":\"01c0\"}")));
        assertThrows(IllegalArgumentException.class, () -> bench.poll(new Handle(0,
                "{\"account\":\"a\",\"user\":\"u\",\"query_id\":\"../../x\"}")));
    }

    @Test
    void hostsAreTheVendorsUnlessTheOperatorAllowsMore() throws Exception {
        var hosts = SnowflakeSettings.of(Map.of()).allowedHosts();
        assertEquals("https://myorg-account-1.snowflakecomputing.com",
                hosts.url(new Account("MYORG-ACCOUNT_1").host(), "").toString());
        assertEquals("https://xy1.cn-north-1.aws.snowflakecomputing.cn",
                hosts.url(new Account("xy1.cn-north-1.aws").host(), "").toString());
        bench.close();
        bench = new Bench();
        var connector = new SnowflakeConnector();
        connector
                .open(new dev.outboard.spi.ConnectorContext("w", Map.of("allowed-hosts", "only.snowflakecomputing.com"),
                        java.nio.file.Path.of("."), bench::secret, bench.clock, dev.outboard.spi.Budget.UNLIMITED));
        assertEquals("HostNotAllowed", connector.check(config("account", "other")).orElseThrow().code());
        assertEquals(Optional.empty(), connector.check(config("account", "ONLY")));
        // a handle from when more was allowed
        var poll = assertThrows(IOException.class, () -> connector.poll(new Handle(0,
                "{\"account\":\"other\",\"user\":\"u\",\"query_id\":\"01c0\"}"), bench::secret));
        assertTrue(poll.getMessage().contains("other.snowflakecomputing.com"), poll.getMessage());
        connector.close();
    }

    @Test
    void theOperatorMayPinAccountAndUser() throws Exception {
        with(Map.of("account", "myorg-account1", "user", "flyte"));
        assertEquals(Optional.empty(), bench.connector.check(bench.request("SELECT 1", Map.of())));
        refused("/template/config/account", config("account", "OTHER"));
        refused("/template/config/user", config("user", "OTHER"));
    }

    @Test
    void argumentsThatLeadElsewhereAreRefused() throws Exception {
        for (var name : new String[]{"host", "authenticator", "password", "private_key_file"}) {
            refused("/template/custom/connection_kwargs/" + name,
                    bench.custom("SELECT 1", Map.of(), Map.of("connection_kwargs", Map.of(name, "x"))));
        }
        assertEquals(Optional.empty(), bench.connector.check(bench.custom("SELECT 1", Map.of(),
                Map.of("connection_kwargs", Map.of("role", "R", "login_timeout", 5.0)))));
    }

    @Test
    void outputsOtherThanResultsAreRefused() throws Exception {
        refused("/template/interface/outputs/o0",
                bench.request(Bench.template("SELECT 1", Map.of(), Bench.CONFIG, Set.of("results", "o0")), Map.of()));
    }

    @Test
    void namesThatDoNotFitATagAreRefused() throws Exception {
        refused("/template/config", config("database", "D".repeat(2_000)));
    }

    @Test
    void aMissingSecretIsNamed() throws Exception {
        bench.secrets.clear();
        var error = refused("/template/config/user", bench.request("SELECT 1", Map.of()));
        assertTrue(error.message().contains("`snowflake_private_key`"), error.message());
        refused("/template/custom/secrets/snowflake_private_key",
                bench.custom("SELECT 1", Map.of(), Map.of("secrets", Map.of("snowflake_private_key", "MINE"))));
    }

    @Test
    void aMalformedKeyIsNamedAndNotShown() throws Exception {
        bench.secrets.put("snowflake_private_key", "hunter2-and-more");
        var error = refused("/template/config/user", bench.request("SELECT 1", Map.of()));
        assertEquals("MalformedSecret", error.code());
        assertFalse(error.toString().contains("hunter2"), error.toString());
    }

    @Test
    void settingsRefuseNonsense() {
        for (var settings : new Map[]{Map.of("warehouse", "X"), Map.of("endpoint", "ftp://x"),
                Map.of("request-timeout", "5"), Map.of("oauth-token-secret", "a", "pat-secret", "b")}) {
            @SuppressWarnings("unchecked")
            Map<String, String> given = settings;
            assertThrows(IllegalArgumentException.class, () -> SnowflakeSettings.of(given), given.toString());
        }
    }
}
