package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.spi.OutputStore;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Outputs that are too large for a record. */
class OverflowTest {
    private static final int LARGE = 300_000;

    /** Keeps what it is given, or does as its field says. */
    private static final class MemoryStore implements OutputStore {
        final Map<String, byte[]> files = new ConcurrentHashMap<>();
        final AtomicInteger writes = new AtomicInteger();
        FakeConnector.Does<String, StoreResult> does = _ -> new StoreResult.Stored();
        StoreContext context;
        boolean closed;

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public Set<String> schemes() {
            return Set.of("mem");
        }

        @Override
        public void open(StoreContext opened) {
            context = opened;
            if (opened.settings().containsKey("bad")) {
                throw new IllegalArgumentException("memory has no setting `bad`");
            }
        }

        @Override
        public StoreResult write(String uri, byte[] content) throws Exception {
            writes.incrementAndGet();
            var result = does.with(uri);
            if (result instanceof StoreResult.Stored) {
                files.put(uri, content);
            }
            return result;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private final MemoryStore store = new MemoryStore();
    private final FakeConnector connector = FakeConnector.quick();

    private Fixture fixture(OutputStore... stores) {
        return new Fixture(connector, List.of(stores), Map.of());
    }

    private Outcome asked(Fixture fixture, Op op, String prefix, int bytes) throws Exception {
        connector.poll = _ -> new PollResult.Succeeded(Map.of("o", "x".repeat(bytes)), Map.of("k", "v"));
        connector.delete = connector.poll;
        return fixture.ask(Fixture.call(op, () -> Spec.pack(spec(prefix)), () -> true));
    }

    private static CreateTaskRequest spec(String prefix) {
        return CreateTaskRequest.newBuilder().setOutputPrefix(prefix).build();
    }

    private String failure(Fixture fixture, String prefix) throws Exception {
        var error = assertInstanceOf(Outcome.Failed.class, asked(fixture, Op.POLL, prefix, LARGE)).error();
        assertEquals("OutputsTooLarge", error.code());
        assertEquals(JobError.Kind.USER, error.kind());
        return error.message();
    }

    @ParameterizedTest
    @EnumSource(names = {"POLL", "DELETE"})
    void areWrittenUnderThePrefixAsALiteralMap(Op op) throws Exception {
        try (var fixture = fixture(store)) {
            var succeeded = assertInstanceOf(Outcome.Succeeded.class, asked(fixture, op, "mem://b/run/1", LARGE));
            var stored = assertInstanceOf(Outputs.Stored.class, succeeded.outputs());
            assertEquals("mem://b/run/1/outputs.pb", stored.uri());
            var content = store.files.get(stored.uri());
            assertEquals(content.length, stored.size());
            assertEquals(LARGE, LiteralMap.parseFrom(content)
                    .getLiteralsOrThrow("o")
                    .getScalar()
                    .getPrimitive()
                    .getStringValue()
                    .length());
            assertTrue(succeeded.info() != null);
        }
    }

    @Test
    void whatTheLogTakesIsNotWritten() throws Exception {
        try (var fixture = fixture(store)) {
            var succeeded = (Outcome.Succeeded) asked(fixture, Op.POLL, "mem://b/1/", 1_000);
            assertInstanceOf(Outputs.Inline.class, succeeded.outputs());
            assertEquals(0, store.writes.get());
        }
    }

    @Test
    void aCallThatIsMadeAgainWritesTheSameFileAgain() throws Exception {
        try (var fixture = fixture(store)) {
            var first = asked(fixture, Op.POLL, "mem://b/1/", LARGE);
            var bytes = store.files.get("mem://b/1/outputs.pb");
            assertEquals(first, asked(fixture, Op.POLL, "mem://b/1/", LARGE));
            assertArrayEquals(bytes, store.files.get("mem://b/1/outputs.pb"));
            assertEquals(2, store.writes.get());
            assertEquals(1, store.files.size());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''               | the job has no output_prefix
            run/1            | relative path
            abfs://c/run     | no output store here writes to abfs: URIs; installed: memory
            /run/1           | no output store here writes to file: URIs; installed: memory
            """)
    void withoutAPlaceTheJobFailsAndIsToldWhy(String prefix, String why) throws Exception {
        try (var fixture = fixture(store)) {
            var message = failure(fixture, prefix);
            assertTrue(message.contains(why) && message.contains("at most 262144"), message);
        }
    }

    @Test
    void withoutAStoreTheJobFails() throws Exception {
        try (var fixture = new Fixture(connector)) {
            assertTrue(failure(fixture, "s3://b/1").contains("no output store here writes to s3: URIs"));
        }
    }

    @Test
    void aStoreMaySayThatItMayNot() throws Exception {
        store.does = _ -> new StoreResult.NotAllowed("the setting stores.memory.buckets does not name it");
        try (var fixture = fixture(store)) {
            assertTrue(failure(fixture, "mem://b/1").endsWith("stores.memory.buckets does not name it"));
        }
    }

    @Test
    void aStoresNoFailsTheJobWithItsError() throws Exception {
        store.does = _ -> new StoreResult.Refused(
                TaskError.system("OutputsRefused", "403 for hunter2-hunter2", false));
        try (var fixture = fixture(store)) {
            assertEquals("hunter2-hunter2", store.context.secrets().read("token").orElseThrow());
            var failed = assertInstanceOf(Outcome.Failed.class, asked(fixture, Op.POLL, "mem://b/1", LARGE));
            assertEquals(JobError.system("OutputsRefused", "403 for ***"), failed.error());
        }
    }

    @Test
    void whileAStoreIsAwayTheJobWaitsAndTellsWhichOne() throws Exception {
        store.does = _ -> {
            throw new IOException("connection refused");
        };
        try (var fixture = fixture(store)) {
            assertEquals(new Outcome.Unreachable("the output store memory (mem://b/1/outputs.pb) could not take the "
                    + "outputs: IOException: connection refused"), asked(fixture, Op.POLL, "mem://b/1", LARGE));
            store.does = _ -> null;
            assertInstanceOf(Outcome.Unreachable.class, asked(fixture, Op.POLL, "mem://b/1", LARGE));
            store.does = _ -> new StoreResult.Stored();
            assertInstanceOf(Outcome.Succeeded.class, asked(fixture, Op.POLL, "mem://b/1", LARGE));
        }
    }

    @Test
    void aStoreThatHangsIsNamedAtTheDeadline() throws Exception {
        var hasty = new FakeConnector(Duration.ofMillis(300));
        hasty.poll = _ -> new PollResult.Succeeded(Map.of("o", "x".repeat(LARGE)), Map.of());
        var interrupted = new CountDownLatch(1);
        store.does = _ -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return new StoreResult.Stored();
        };
        try (var fixture = new Fixture(hasty, List.of(store), Map.of())) {
            assertEquals(new Outcome.Unreachable(
                    "no answer within 300 ms from the output store memory (mem://b/1/outputs.pb)"),
                    fixture.ask(Fixture.call(Op.POLL, () -> Spec.pack(spec("mem://b/1")), () -> true)));
            interrupted.await();
        }
    }

    @Test
    void whoMayHaveLostTheJobWritesNothing() throws Exception {
        connector.poll = _ -> new PollResult.Succeeded(Map.of("o", "x".repeat(LARGE)), Map.of());
        var asked = new AtomicInteger();
        try (var fixture = fixture(store)) {
            var call = Fixture.call(Op.POLL, () -> Spec.pack(spec("mem://b/1")), () -> asked.getAndIncrement() == 0);
            assertInstanceOf(Outcome.Unreachable.class, fixture.ask(call));
            assertEquals(0, store.writes.get());
        }
    }

    @Test
    void aSpecThatCannotBeReadIsTriedAgain() throws Exception {
        connector.poll = _ -> new PollResult.Succeeded(Map.of("o", "x".repeat(LARGE)), Map.of());
        try (var fixture = fixture(store)) {
            var away = assertInstanceOf(Outcome.Unreachable.class, fixture.ask(Fixture.call(Op.POLL, () -> {
                throw new IOException("no broker");
            }, () -> true)));
            assertTrue(away.cause().contains("spec") && away.cause().contains("no broker"), away.cause());
        }
    }

    @Test
    void veryLargeOnesAreTakenUpToALimit() throws Exception {
        try (var fixture = fixture(store)) {
            assertInstanceOf(Outcome.Succeeded.class, asked(fixture, Op.POLL, "mem://b/1", Overflow.MANY + 1));
            var failed = (Outcome.Failed) asked(fixture, Op.POLL, "mem://b/1", Overflow.MOST + 1);
            assertEquals("OutputsTooLarge", failed.error().code());
            assertTrue(failed.error().message().contains("the most that is ever kept"), failed.error().message());
        }
        try (var fixture = new Fixture(connector)) {
            var failed = (Outcome.Failed) asked(fixture, Op.POLL, "", Overflow.MANY + 1);
            assertTrue(failed.error().message().contains("more than 8388608 bytes"), failed.error().message());
        }
    }

    @Test
    void aStoreIsClosed() {
        fixture(store).close();
        assertTrue(store.closed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stores.memory.bad", "stores.s3.buckets"})
    void aSettingThatNobodyHasIsRefused(String setting) {
        assertFalse(store.closed);
        var message = assertThrows(ConnectorsUnusable.class,
                () -> new Fixture(connector, List.of(store), Map.of(setting, "x"))).getMessage();
        assertTrue(message.contains(setting.contains("s3")
                ? "there is no output store `s3`"
                : "the output store memory cannot open: memory has no setting `bad`"), message);
        assertTrue(store.closed);
    }

    @Test
    void twoStoresForOneSchemeAreRefused() {
        var twin = new OutputStore() {
            @Override
            public String name() {
                return "twin";
            }

            @Override
            public Set<String> schemes() {
                return Set.of("mem");
            }

            @Override
            public void open(StoreContext context) {
                // nothing to open
            }

            @Override
            public StoreResult write(String uri, byte[] content) {
                return new StoreResult.Stored();
            }
        };
        var message = assertThrows(ConnectorsUnusable.class, () -> fixture(store, twin)).getMessage();
        assertTrue(message.contains("memory and twin both write to mem: URIs"), message);
    }
}
