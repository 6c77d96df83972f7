package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.outboard.spi.CreateResult;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A job must not lead a worker, and its token, elsewhere. */
class SsrfTest {
    private final Bench bench = new Bench();

    @AfterEach
    void close() throws Exception {
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/latest", "169.254.169.254", "user@example.cloud.databricks.com",
            "example.cloud.databricks.com:8443", "example.cloud.databricks.com/x", "evil.example.com",
            "example.cloud.databricks.com.evil.example.com", "evilcloud.databricks.com", "localhost", "127.0.0.1:8080",
            "example.cloud.databricks.com#@evil.example.com", "example.cloud.databricks.com\\nx", "[::1]"})
    void foreignHostsAreRefused(String host) throws Exception {
        var request = bench.request("""
                {"custom": {"databricksConf": {"existing_cluster_id": "c"}, "databricksInstance": "%s"}}"""
                .formatted(host));
        var error = bench.connector.check(request).orElseThrow();
        assertEquals("HostNotAllowed", error.code());
        assertEquals("/template/custom/databricksInstance", error.pointer());
        assertEquals(error, assertInstanceOf(CreateResult.Rejected.class, bench.connector.create(request)).error());
        var handle = new RunHandle(new Workspace(host, null), 1).write();
        assertTrue(assertThrows(IOException.class, () -> bench.poll(handle)).getMessage().startsWith("HostNotAllowed"));
        assertThrows(IOException.class, () -> bench.delete(handle));
        assertEquals(0, bench.databricks.requests());
    }

    @ParameterizedTest
    @CsvSource({"bad/databricks-foreign-host.json, HostNotAllowed, /template/custom/databricksInstance",
            "bad/databricks-no-compute.json, MissingField, /template/custom/databricksConf"})
    void badExamplesArePointedAt(String file, String code, String pointer) throws Exception {
        var error = bench.connector.check(bench.example(file)).orElseThrow();
        assertEquals(code, error.code());
        assertEquals(pointer, error.pointer());
        assertEquals(0, bench.databricks.requests());
    }

    @Test
    void redirectsAreNotFollowed() throws Exception {
        var visits = new AtomicInteger();
        var elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            visits.incrementAndGet();
            exchange.close();
        });
        elsewhere.start();
        try {
            var away = new Reply(302,
                    Map.of("Location", "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/"), new byte[0]);
            bench.databricks.faults().always(Operation.CREATE, new Fault.Answer(away, false));
            bench.databricks.faults().always(Operation.POLL, new Fault.Answer(away, false));
            assertInstanceOf(CreateResult.Unknown.class, bench.connector.create(bench.small()));
            var handle = new RunHandle(new Workspace(Bench.HOST, null), 1).write();
            assertThrows(IOException.class, () -> bench.poll(handle));
            assertEquals(0, visits.get());
        } finally {
            elsewhere.stop(0);
        }
    }
}
