package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Struct;
import dev.outboard.dispatcher.job.Demand.Op;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.Link;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.lane.Call;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.LiteralOffloadedMetadata;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each result of a connector becomes, and what a connector is asked. */
class ConnectorEffectsTest {
    private static final dev.outboard.spi.Handle HANDLE = new dev.outboard.spi.Handle(4, "job-7");
    private static final Outcome.Exists EXISTS = new Outcome.Exists(new Handle("Fake", "1.2", 4, "job-7"),
            List.of(new Link("console", "https://p/7")));
    private static final List<dev.outboard.spi.Link> LINKS = List
            .of(new dev.outboard.spi.Link("console", "https://p/7"));
    private static final TaskError ERROR = new TaskError(TaskError.Kind.USER, "Bad", "no table", true, "/template/sql",
            null, null);
    private static final JobError SAME_ERROR = new JobError(JobError.Kind.USER, "Bad", "no table", true,
            "/template/sql");

    private final FakeConnector connector = FakeConnector.quick();

    @Test
    void check() throws Exception {
        assertEquals(new Outcome.Checked(null), ask(Op.CHECK));
        connector.check = _ -> Optional.of(ERROR);
        assertEquals(new Outcome.Checked(SAME_ERROR), ask(Op.CHECK));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "OCCUPY"})
    void createAndOccupy(Op op) throws Exception {
        assertEquals(EXISTS, created(op, new CreateResult.Created(HANDLE, LINKS)));
        assertEquals(EXISTS, created(op, new CreateResult.Adopted(HANDLE, LINKS)));
        assertEquals(new Outcome.Rejected(SAME_ERROR), created(op, new CreateResult.Rejected(ERROR)));
        assertEquals(new Outcome.Retry(Duration.ofSeconds(3), "429"),
                created(op, new CreateResult.Retry(Duration.ofSeconds(3), "429")));
        assertEquals(new Outcome.Unknown("lost", false), created(op, new CreateResult.Unknown("lost")));
        var system = TaskError.system("Down", "no", false);
        assertEquals(new Outcome.Rejected(JobError.system("Down", "no")),
                created(op, new CreateResult.Rejected(system)));
    }

    private Outcome created(Op op, CreateResult result) throws Exception {
        FakeConnector.Does<CreateRequest, CreateResult> other = _ -> {
            throw new AssertionError("the wrong method");
        };
        connector.create = op == Op.CREATE ? _ -> result : other;
        connector.occupy = op == Op.OCCUPY ? _ -> result : other;
        return ask(op);
    }

    @Test
    void find() throws Exception {
        assertEquals(new Outcome.Absent(), ask(Op.FIND));
        var asked = new AtomicReference<String>();
        connector.find = request -> {
            asked.set(request.key());
            return Optional.of(HANDLE);
        };
        assertEquals(new Outcome.Exists(EXISTS.handle(), List.of()), ask(Op.FIND));
        assertEquals(Fixture.KEY, asked.get());
    }

    @ParameterizedTest
    @EnumSource(names = {"POLL", "DELETE"})
    void pollAndDelete(Op op) throws Exception {
        assertEquals(new Outcome.Running(false, null, null, List.of(), null, null),
                polled(op, PollResult.Running.plain()));
        var running = (Outcome.Running) polled(op, new PollResult.Running(true, "pending", 0.25, LINKS,
                Map.of("slots", 3), Duration.ofSeconds(2)));
        assertEquals(new Outcome.Running(true, "pending", 0.25, EXISTS.links(), running.info(), Duration.ofSeconds(2)),
                running);
        assertEquals(Map.of("slots", 3.0), Structs.read(Struct.parseFrom(running.info().array())));
        var succeeded = (Outcome.Succeeded) polled(op, new PollResult.Succeeded(Map.of("o", 3), Map.of("k", "v")));
        assertEquals(Map.of("o", 3L),
                Literals.read(LiteralMap.parseFrom(((Outputs.Inline) succeeded.outputs()).literals().array()), ""));
        assertEquals(Map.of("k", "v"), Structs.read(Struct.parseFrom(succeeded.info().array())));
        assertEquals(new Outcome.Failed(SAME_ERROR), polled(op, new PollResult.Failed(ERROR)));
        assertEquals(new Outcome.Cancelled(), polled(op, new PollResult.Cancelled()));
        assertEquals(new Outcome.Gone(), polled(op, new PollResult.Gone()));
        assertEquals(new Outcome.Retry(Duration.ofSeconds(3), "429"),
                polled(op, new PollResult.Retry(Duration.ofSeconds(3), "429")));
        var bad = (Outcome.Failed) polled(op, new PollResult.Succeeded(Map.of("o", new UUID(1, 2)), Map.of()));
        assertEquals("ConnectorBug", bad.error().code());
        assertTrue(bad.error().message().contains("output o "), bad.error().message());
    }

    private Outcome polled(Op op, PollResult result) throws Exception {
        FakeConnector.Does<dev.outboard.spi.Handle, PollResult> right = handle -> {
            assertEquals(new dev.outboard.spi.Handle(3, "h"), handle);
            return result;
        };
        FakeConnector.Does<dev.outboard.spi.Handle, PollResult> wrong = _ -> {
            throw new AssertionError("the wrong method");
        };
        connector.poll = op == Op.POLL ? right : wrong;
        connector.delete = op == Op.DELETE ? right : wrong;
        return ask(op);
    }

    @Test
    void whatAJobCanDoWithoutIsDropped() throws Exception {
        var links = new ArrayList<>(Collections.nCopies(40, LINKS.getFirst()));
        links.addFirst(new dev.outboard.spi.Link("none", null));
        links.addFirst(new dev.outboard.spi.Link("long", "x".repeat(3_000)));
        var running = (Outcome.Running) polled(Op.POLL, new PollResult.Running(false, "m".repeat(5_000), 7.0, links,
                Map.of(), null));
        assertEquals(Collections.nCopies(16, EXISTS.links().getFirst()), running.links());
        assertEquals(1.0, running.progress());
        assertEquals(Redaction.MAX_TEXT, running.message().length());
        running = (Outcome.Running) polled(Op.POLL, new PollResult.Running(false, null, Double.NaN, List.of(),
                Map.of(), null));
        assertEquals(null, running.progress());
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECK", "CREATE", "OCCUPY"})
    void theConnectorGetsTheJobsSpec(Op op) throws Exception {
        var seen = new AtomicReference<CreateRequest>();
        connector.check = request -> {
            seen.set(request);
            return Optional.empty();
        };
        connector.create = request -> {
            seen.set(request);
            return new CreateResult.Unknown("");
        };
        ask(Fixture.call(op, () -> Spec.pack(CreateTaskRequest.newBuilder().setOutputPrefix("s3://o").build()),
                () -> true));
        assertEquals("s3://o", seen.get().outputPrefix());
        assertEquals(Fixture.KEY, seen.get().key());
    }

    @ParameterizedTest
    @EnumSource(names = {"CHECK", "CREATE", "FIND", "OCCUPY", "POLL", "DELETE"})
    void withoutALeaseNothingIsStarted(Op op) throws Exception {
        var call = Fixture.call(op);
        assertEquals(new Outcome.NotStarted(), ask(Fixture.call(op, call.spec(), () -> false)));
        assertEquals(new Outcome.NotStarted(), ask(Fixture.call(op, call.spec(), () -> {
            throw new IllegalStateException("no idea");
        })));
        assertEquals(0, connector.calls.get());
    }

    @Test
    void theLeaseIsAskedAfterTheSpecWasRead() throws Exception {
        var read = new AtomicReference<>(false);
        var call = Fixture.call(Op.CREATE, () -> {
            read.set(true);
            return Fixture.call(Op.CREATE).spec().call();
        }, read::get);
        assertInstanceOf(Outcome.Exists.class, ask(call));
    }

    @Test
    void anUnreadableSpecIsTriedAgainAndNoVerdict() throws Exception {
        assertEquals(new Outcome.NotStarted(), ask(unreadable(Op.CHECK)));
        for (var op : List.of(Op.CREATE, Op.OCCUPY, Op.FIND)) {
            assertEquals(new Outcome.Unreachable("the job's spec cannot be read: IOException: the log is away"),
                    ask(unreadable(op)));
        }
        assertEquals(0, connector.calls.get());
        // these need no spec
        for (var op : List.of(Op.POLL, Op.DELETE)) {
            ask(unreadable(op));
        }
        assertEquals(2, connector.calls.get());
    }

    private static Call unreadable(Op op) {
        return Fixture.call(op, () -> {
            throw new IOException("the log is away");
        }, () -> true);
    }

    @Test
    void anInputThatCannotBeGivenToAConnectorIsFoundByTheCheck() throws Exception {
        var inputs = LiteralMap.newBuilder()
                .putLiterals("big", Literal.newBuilder()
                        .setOffloadedMetadata(LiteralOffloadedMetadata.newBuilder().setUri("s3://x"))
                        .build());
        var spec = Spec.pack(CreateTaskRequest.newBuilder().setInputs(inputs).build());
        var checked = (Outcome.Checked) ask(Fixture.call(Op.CHECK, () -> spec, () -> true));
        assertEquals("OffloadedInput", checked.error().code());
        assertEquals("/inputs/literals/big", checked.error().pointer());
        // past the check nobody may conclude that nothing was created
        assertInstanceOf(Outcome.Unreachable.class, ask(Fixture.call(Op.CREATE, () -> spec, () -> true)));
        assertInstanceOf(Outcome.Unreachable.class, ask(Fixture.call(Op.OCCUPY, () -> spec, () -> true)));
        assertEquals(0, connector.calls.get());
    }

    @ParameterizedTest
    @EnumSource(names = {"POLL", "DELETE"})
    void aHandleOfAnotherConnectorIsNotShown(Op op) throws Exception {
        var job = Fixture.job("sql", new Handle("Other", "1", 1, "x"));
        var told = (Outcome.Unreachable) ask(
                new Call(op, job, Fixture.INSTALLATION, Fixture.KEY, Fixture.call(op).spec(), () -> true, _ -> {
                }));
        assertTrue(told.cause().contains("Other") && told.cause().contains("Fake"), told.cause());
        assertInstanceOf(Outcome.Unreachable.class,
                ask(new Call(op, Fixture.job("sql", null), Fixture.INSTALLATION, Fixture.KEY, Fixture.call(op).spec(),
                        () -> true, _ -> {
                        })));
        assertEquals(0, connector.calls.get());
    }

    @Test
    void aTypeThatIsNotServedIsNotStarted() throws Exception {
        var job = Fixture.job("other", null);
        assertEquals(new Outcome.NotStarted(),
                ask(new Call(Op.CREATE, job, Fixture.INSTALLATION, Fixture.KEY, Fixture.call(Op.CREATE).spec(),
                        () -> true, _ -> {
                        })));
    }

    @ParameterizedTest
    @EnumSource(names = {"SLOT", "EXPIRE"})
    void whatIsNoCallIsNotStarted(Op op) throws Exception {
        assertEquals(new Outcome.NotStarted(), ask(op));
    }

    @Test
    void theConnectorsClassLoaderIsTheThreads() throws Exception {
        var foreign = new ForeignConnector();
        try (var fixture = new Fixture(foreign.connector)) {
            for (var op : List.of(Op.CHECK, Op.CREATE, Op.FIND, Op.OCCUPY, Op.POLL, Op.DELETE)) {
                fixture.ask(op);
            }
        }
        assertEquals(Set.of("info", "open", "check", "create", "find", "occupy", "poll", "delete", "close", "account"),
                foreign.loaders.keySet());
        foreign.loaders.forEach((method, loader) -> assertSame(foreign.loader, loader, method));
    }

    private Outcome ask(Op op) throws Exception {
        return ask(Fixture.call(op));
    }

    private Outcome ask(Call call) throws Exception {
        try (var fixture = new Fixture(connector)) {
            return fixture.ask(call);
        }
    }
}
