package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Link;
import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connectors that throw, lie or talk too much. */
class FaultsTest {
    private final FakeConnector connector = FakeConnector.quick();

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(new IOException("gone"), false, "IOException: gone"),
                Arguments.of(new FileNotFoundException("x"), false, "FileNotFoundException: x"),
                Arguments.of(new UncheckedIOException("lost", new IOException()), false, "UncheckedIOException: lost"),
                Arguments.of(new TimeoutException("slow"), false, "TimeoutException: slow"),
                Arguments.of(new InterruptedException(), false, "InterruptedException"),
                Arguments.of(new ExecutionException(new IOException("gone")), false, "IOException: gone"),
                Arguments.of(new CompletionException(new IllegalStateException("x")), true,
                        "IllegalStateException: x"),
                Arguments.of(new IllegalStateException("odd"), true, "IllegalStateException: odd"),
                Arguments.of(new NullPointerException(), true, "NullPointerException"),
                Arguments.of(new RuntimeException("anonymous") {
                }, true, "FaultsTest$1: anonymous"),
                Arguments.of(new NoClassDefFoundError("a/B"), true, "NoClassDefFoundError: a/B"),
                Arguments.of(new StackOverflowError(), true, "StackOverflowError"),
                Arguments.of(new OutOfMemoryError("heap"), true, "OutOfMemoryError: heap"),
                Arguments.of(new IllegalStateException("long " + "x".repeat(5_000)), true,
                        "IllegalStateException: long " + "x".repeat(Redaction.MAX_TEXT - 29) + "…"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void anExceptionIsAnOutcome(Throwable fault, boolean bug, String told) throws Exception {
        connector.check = _ -> sneak(fault);
        connector.create = _ -> sneak(fault);
        connector.find = _ -> sneak(fault);
        connector.poll = _ -> sneak(fault);
        connector.delete = _ -> sneak(fault);
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Checked(JobError.system("ConnectorBug", told)), fixture.ask(Op.CHECK));
            assertEquals(new Outcome.Unknown(told, bug), fixture.ask(Op.CREATE));
            assertEquals(new Outcome.Unknown(told, bug), fixture.ask(Op.OCCUPY));
            assertEquals(new Outcome.Unknown(told, bug), fixture.ask(Op.FIND));
            assertEquals(new Outcome.Unreachable(told), fixture.ask(Op.POLL));
            assertEquals(new Outcome.Unreachable(told), fixture.ask(Op.DELETE));
        }
    }

    @SuppressWarnings("unchecked")
    private static <T, E extends Throwable> T sneak(Throwable fault) throws E {
        throw (E) fault;
    }

    @Test
    void aRealStackOverflowHarmsNobody() throws Exception {
        connector.create = request -> connector.create.with(request);
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Unknown("StackOverflowError", true), fixture.ask(Op.CREATE));
            assertInstanceOf(Outcome.Running.class, fixture.ask(Op.POLL));
        }
    }

    @Test
    void anExceptionWhoseMessageThrowsIsOneTooMany() throws Exception {
        connector.poll = _ -> {
            throw new IllegalStateException() {
                @Override
                public String getMessage() {
                    throw new IllegalArgumentException();
                }
            };
        };
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Unreachable("FaultsTest$2: (its message cannot be had)"), fixture.ask(Op.POLL));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECK", "CREATE", "OCCUPY", "FIND", "POLL", "DELETE"})
    void nullIsABugLikeThrowing(Op op) throws Exception {
        connector.check = _ -> null;
        connector.create = _ -> null;
        connector.find = _ -> null;
        connector.poll = _ -> null;
        connector.delete = _ -> null;
        var told = "NullPointerException: the connector's " + op.name().toLowerCase() + " returned null";
        try (var fixture = new Fixture(connector)) {
            assertEquals(switch (op) {
                case CHECK -> new Outcome.Checked(JobError.system("ConnectorBug", told));
                case POLL, DELETE -> new Outcome.Unreachable(told);
                default -> new Outcome.Unknown(told, true);
            }, fixture.ask(op));
        }
    }

    @Test
    void nullInsideAResultIsABugToo() throws Exception {
        connector.create = _ -> new CreateResult.Created(null, List.of());
        connector.poll = _ -> new PollResult.Failed(null);
        try (var fixture = new Fixture(connector)) {
            assertTrue(((Outcome.Unknown) fixture.ask(Op.CREATE)).bug());
            assertInstanceOf(Outcome.Unreachable.class, fixture.ask(Op.POLL));
        }
    }

    @Test
    void noSecretLeavesInAnyText() throws Exception {
        connector.check = request -> Optional.of(new TaskError(TaskError.Kind.USER, secret(request.secrets()),
                "m " + secret(request.secrets()), false, "/" + secret(request.secrets()), null, null));
        connector.create = request -> {
            throw new IOException("refused " + secret(request.secrets()));
        };
        connector.poll = _ -> new PollResult.Running(false, "with " + secret(Fixture.SECRETS), null,
                List.of(new Link(secret(Fixture.SECRETS), "https://x?t=" + secret(Fixture.SECRETS))),
                Map.of("k", secret(Fixture.SECRETS)), null);
        connector.delete = _ -> new PollResult.Failed(TaskError.user("X", secret(Fixture.SECRETS)));
        connector.find = _ -> {
            throw new IllegalStateException(secret(Fixture.SECRETS));
        };
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Checked(new JobError(JobError.Kind.USER, "***", "m ***", false, "/***")),
                    fixture.ask(Op.CHECK));
            assertEquals(new Outcome.Unknown("IOException: refused ***", false), fixture.ask(Op.CREATE));
            var running = (Outcome.Running) fixture.ask(Op.POLL);
            assertEquals("with ***", running.message());
            assertEquals(List.of(new dev.outboard.dispatcher.job.Link("***", "https://x?t=***")), running.links());
            assertFalse(new String(running.info().array()).contains("hunter2"));
            assertEquals(new Outcome.Failed(JobError.user("X", "***")), fixture.ask(Op.DELETE));
            connector.create = _ -> new CreateResult.Retry(Duration.ZERO, secret(Fixture.SECRETS));
            assertEquals(new Outcome.Retry(Duration.ZERO, "***"), fixture.ask(Op.CREATE));
            connector.create = _ -> new CreateResult.Unknown(secret(Fixture.SECRETS));
            assertEquals(new Outcome.Unknown("***", false), fixture.ask(Op.CREATE));
        }
    }

    @Test
    void noSecretLeavesInWhatAnEndTells() throws Exception {
        var hidden = secret(Fixture.SECRETS);
        var links = List.of(new Link("page " + hidden, "https://x?t=" + hidden), new Link("long", "x".repeat(2_049)));
        var platform = new PlatformError("P " + hidden, PlatformError.Category.AUTH, "c " + hidden, "r " + hidden,
                "https://x?t=" + hidden);
        var error = TaskError.user("X", "m", "/p").next("next " + hidden).from(platform);
        connector.check = _ -> Optional.of(error);
        connector.create = _ -> new CreateResult.Rejected(error);
        connector.poll = _ -> new PollResult.Failed(error, Map.of("k", hidden), links);
        connector.delete = _ -> new PollResult.Succeeded(Map.of(), Map.of("k", hidden), links);
        try (var fixture = new Fixture(connector)) {
            var clean = new JobError(JobError.Kind.USER, "X", "m", false, "/p", "next ***",
                    new dev.outboard.dispatcher.job.PlatformError("P ***", "AUTH", "c ***", "r ***",
                            "https://x?t=***"));
            assertEquals(new Outcome.Checked(clean), fixture.ask(Op.CHECK));
            assertEquals(new Outcome.Rejected(clean), fixture.ask(Op.CREATE));
            var page = List.of(new dev.outboard.dispatcher.job.Link("page ***", "https://x?t=***"));
            var failed = (Outcome.Failed) fixture.ask(Op.POLL);
            assertEquals(clean, failed.error());
            assertEquals(page, failed.links());
            assertTrue(new String(failed.info().array()).contains("***"));
            var succeeded = (Outcome.Succeeded) fixture.ask(Op.DELETE);
            assertEquals(page, succeeded.links());
            assertEquals(failed.info(), succeeded.info());
        }
    }

    @Test
    void anEndIsNotLostForWhatAJobCanDoWithout() throws Exception {
        var longest = new PlatformError("P", PlatformError.Category.AUTH, "c".repeat(2_000), null, "x".repeat(2_049));
        connector.poll = _ -> new PollResult.Failed(TaskError.user("X", "m").from(longest), null, null);
        connector.delete = _ -> new PollResult.Failed(
                TaskError.user("X", "m").from(new PlatformError(null, null, null, null, null)));
        try (var fixture = new Fixture(connector)) {
            var failed = (Outcome.Failed) fixture.ask(Op.POLL);
            assertEquals(1_024, failed.error().platform().code().length());
            assertNull(failed.error().platform().link());
            assertEquals(List.of(), failed.links());
            assertEquals(new Outcome.Failed(JobError.user("X", "m")), fixture.ask(Op.DELETE));
        }
    }

    private static String secret(dev.outboard.spi.SecretReader secrets) {
        return secrets.read("token").orElseThrow();
    }

    @Test
    void aBugIsLoggedWithTheJobAndTheStackAndNoSecret() throws Exception {
        connector.create = request -> {
            throw new IllegalStateException("bad " + secret(request.secrets()));
        };
        var log = new StringBuffer();
        var handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                log.append(line.getLevel()).append(' ').append(new SimpleFormatter().formatMessage(line)).append('\n');
                // a stack would be printed unredacted
                assertNull(line.getThrown());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var logger = Logger.getLogger(Flight.class.getName());
        logger.addHandler(handler);
        logger.setLevel(Level.FINE);
        try (var fixture = new Fixture(connector)) {
            assertEquals(new Outcome.Unknown("IllegalStateException: bad ***", true), fixture.ask(Op.CREATE));
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        var text = log.toString();
        assertTrue(text.contains("WARNING " + Fixture.ID + " CREATE: java.lang.IllegalStateException: bad ***"), text);
        assertTrue(text.contains("at dev.outboard.runtime.FaultsTest"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("FINE " + Fixture.ID + " CREATE took \\d+ ms: Unknown")),
                text);
        assertFalse(text.contains("hunter2"), text);
    }
}
