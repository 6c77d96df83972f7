package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Link;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.testkit.example.JobServiceSubject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What a connector lets out, and what it leaves behind. */
class LeakTest {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** A careful one that tells its secret somewhere. */
    private abstract static class Telling extends ServiceConnector {
        Telling() {
            super(Guarantee.ADOPT);
        }

        String secret() {
            return context.secrets().read("api-key").orElseThrow();
        }
    }

    private static Suite played(String name, Supplier<Connector> connector) throws Exception {
        var suite = Suite.of(() -> new JobServiceSubject(connector), PATIENCE);
        for (var each : suite.cases()) {
            if (each.name().equals(name)) {
                suite.play(each);
            }
        }
        return suite;
    }

    @Test
    void accessTokenIsASecretToo() throws Exception {
        var suite = played("create answered 500", () -> new TokenConnector() {
            @Override
            IOException trouble(HttpResponse<String> answer) {
                return new IOException("sent " + answer.request().headers().map());
            }
        });
        var leaks = suite.report().leaks().get("create answered 500");
        assertEquals(List.of("the exception of create tells the secret that begins with `tok`"), leaks);
    }

    private static final Map<String, Supplier<Connector>> TELLING = Map.of("the result of create", () -> new Telling() {
        @Override
        List<Link> links(JsonNode job) {
            return List.of(new Link("Job", "https://service.example/?key=" + secret()));
        }
    }, "the exception of create", () -> new Telling() {
        @Override
        IOException trouble(HttpResponse<String> answer) {
            return new IOException("500", new IOException("sent Bearer " + secret()));
        }
    }, "the result of poll", () -> new Telling() {
        @Override
        PollResult state(JsonNode job) {
            return new PollResult.Running(false, null, null, List.of(), Map.of("request", Map.of("key", secret())),
                    null);
        }
    }, "a log record of service", () -> new Telling() {
        @Override
        public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
            Logger.getLogger("service")
                    .log(Level.FINE, "asks with {0}", Base64.getEncoder()
                            .encodeToString(secret().getBytes(StandardCharsets.UTF_8)));
            return super.poll(handle, secrets);
        }
    });

    @TestFactory
    Stream<DynamicTest> secretIsFoundIn() {
        return TELLING.entrySet().stream().map(each -> DynamicTest.dynamicTest(each.getKey(), () -> {
            var leaks = played("create answered 500", each.getValue()).report().leaks();
            var told = leaks.get("create answered 500").getFirst();
            assertTrue(told.startsWith(each.getKey()), told);
            assertFalse(told.contains("first-api-key"), "the report tells it too: " + told);
        }));
    }

    @Test
    void threadThatStaysIsNamed() throws Exception {
        var end = new CountDownLatch(1);
        try {
            var suite = played("poll unknown", () -> new ServiceConnector(Guarantee.ADOPT) {
                @Override
                public void open(ConnectorContext context) {
                    super.open(context);
                    Thread.ofPlatform().daemon().name("token-refresh").start(() -> {
                        try {
                            end.await();
                        } catch (InterruptedException e) {
                            // ends
                        }
                    });
                }
            });
            assertEquals(Map.of("poll unknown", List.of("token-refresh")), suite.report().threads());
        } finally {
            end.countDown();
        }
    }

    @Test
    void clientThatIsNotClosedIsNamed() throws Exception {
        // its selector thread ends when the client is collected, so it is not to be
        var kept = new ArrayList<ServiceConnector>();
        var suite = played("poll unknown", () -> {
            kept.add(new ServiceConnector(Guarantee.ADOPT) {
                @Override
                public void close() {}
            });
            return kept.getLast();
        });
        assertTrue(suite.report().threads().toString().contains("SelectorManager"),
                suite.report().threads().toString());
        kept.stream().filter(each -> each.client != null).forEach(each -> each.client.shutdownNow());
    }
}
