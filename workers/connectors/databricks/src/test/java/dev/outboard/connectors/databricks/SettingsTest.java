package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.CreateResult;
import dev.outboard.spi.ListResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({"nonsense, 1, nonsense", "endpoint, ftp://x, endpoint", "azure-tenant-id, t, azure-client-id",
            "azure-client-id, c, azure-tenant-id", "azure-authority, login, azure-authority",
            "instance, https://w.cloud.databricks.com, instance", "instances, evil.example.com, instances"})
    void nonsenseIsRefused(String name, String value, String named) {
        var given = name.equals("azure-authority")
                ? Map.of(name, value, "azure-tenant-id", "t", "azure-client-id", "c")
                : Map.of(name, value);
        var thrown = assertThrows(IllegalArgumentException.class, () -> DatabricksSettings.of(given));
        assertTrue(thrown.getMessage().contains("`" + named + "`"), thrown.getMessage());
    }

    @Test
    void aTenantMustFitAUrl() {
        assertThrows(IllegalArgumentException.class,
                () -> DatabricksSettings.of(Map.of("azure-tenant-id", "t/../x", "azure-client-id", "c")));
    }

    @Test
    void theDefaultsAreFlytes() {
        var settings = DatabricksSettings.of(Map.of("azure-tenant-id", "t", "azure-client-id", "c"));
        assertEquals("databricks-token", settings.tokenSecret());
        assertEquals(List.of(), settings.instances());
        assertEquals("https://login.microsoftonline.com/t/oauth2/v2.0/token", settings.azure().tokenUrl().toString());
        assertEquals(List.of("w.azuredatabricks.net"),
                DatabricksSettings.of(Map.of("instance", "w.azuredatabricks.net")).instances());
    }

    @Test
    void aJobWithoutAWorkspaceGoesToTheOperators() throws Exception {
        try (var bench = new Bench()) {
            var request = bench.small();
            assertEquals(Bench.HOST, bench.connector.account(request));
            bench.create(request);
        }
        try (var bench = new Bench(Map.of("instance", ""))) {
            var error = bench.connector.check(bench.small()).orElseThrow();
            assertEquals("MissingField", error.code());
            assertEquals("/template/custom/databricksInstance", error.pointer());
            assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(bench.small()));
            assertInstanceOf(ListResult.CannotList.class, bench.connector.list("here"));
        }
    }

    @Test
    void aWorkspaceIsOneAccountHoweverItIsWritten() throws Exception {
        try (var bench = new Bench()) {
            assertEquals("w.cloud.databricks.com", bench.connector.account(bench.request("""
                    {"custom": {"databricksConf": {"existing_cluster_id": "c"},
                     "databricksInstance": " W.cloud.Databricks.com "}}""")));
        }
    }

    @Test
    void theOperatorSaysWhichHosts() throws Exception {
        try (var bench = new Bench(Map.of("allowed-hosts", "*.example.org", "instance", "dbx.example.org"))) {
            bench.create(bench.small());
            assertEquals("HostNotAllowed",
                    bench.connector.check(bench.example("databricks.json")).orElseThrow().code());
        }
    }

    @Test
    void sparkIsServedWhereItIsSwitchedOn() {
        assertEquals(Set.of("databricks"), new DatabricksConnector().info().taskTypes().keySet());
        System.setProperty("outboard.databricks.spark", "true");
        try {
            assertEquals(Set.of("databricks", "spark"), new DatabricksConnector().info().taskTypes().keySet());
        } finally {
            System.clearProperty("outboard.databricks.spark");
        }
    }

    @Test
    void thePageNamesAllThatThereIs() throws Exception {
        var page = Files.readString(Path.of("../../../docs/connectors/databricks.md"));
        var names = new TreeSet<>(DatabricksSettings.NAMES);
        names.addAll(Terminations.known());
        assertEquals(Set.of(),
                names.stream().filter(name -> !page.contains("`" + name + "`")).collect(Collectors.toSet()));
    }
}
