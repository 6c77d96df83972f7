package dev.outboard.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    private final AllowedHosts hosts = new AllowedHosts(List.of("*.cloud.databricks.com", "own.example.com"));

    @ParameterizedTest
    @ValueSource(strings = {"a.cloud.databricks.com", "A-1.b.Cloud.Databricks.com", "own.example.com"})
    void whatIsAllowedIsAnHttpsUrl(String host) throws Exception {
        assertEquals("https://" + host.toLowerCase(), hosts.url(host, "/p").toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "evil.com", "cloud.databricks.com", "evilcloud.databricks.com",
            "a.cloud.databricks.com.evil.com",
            "a.cloud.databricks.com:443", "user@a.cloud.databricks.com", "a.cloud.databricks.com/x",
            "a.cloud.databricks.com#x",
            "a.cloud.databricks.com?x", "https://a.cloud.databricks.com", "127.0.0.1", "127.0.0.1:80", "localhost:1",
            "169.254.169.254", "[::1]", ".cloud.databricks.com", "x\\.cloud.databricks.com", "a..cloud.databricks.com"})
    void allElseIsRefusedWithThePointer(String host) {
        var fault = assertThrows(UserFault.class, () -> hosts.url(host, "/template/custom/databricksInstance"));
        assertEquals("HostNotAllowed", fault.error().code());
        assertEquals("/template/custom/databricksInstance", fault.error().pointer());
        assertTrue(!fault.error().message().isBlank());
    }

    @Test
    void loopbackIsHttpWhereItIsAllowed() throws Exception {
        var dev = new AllowedHosts(List.of("localhost", "127.0.0.1"));
        assertEquals(URI.create("http://127.0.0.1:8081"), dev.url("127.0.0.1:8081", "/p"));
        assertEquals(URI.create("http://localhost"), dev.url("localhost", "/p"));
        assertThrows(UserFault.class, () -> dev.url("127.0.0.2", "/p"));
    }
}
