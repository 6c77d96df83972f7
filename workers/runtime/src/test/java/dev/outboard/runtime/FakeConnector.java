package dev.outboard.runtime;

import dev.outboard.spi.Batch;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Plan;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Does as its fields say. */
final class FakeConnector implements Connector {
    interface Does<A, R> {
        R with(A argument) throws Exception;
    }

    ConnectorInfo info;
    Does<ConnectorContext, Void> open = _ -> null;
    Does<CreateRequest, Optional<TaskError>> check = _ -> Optional.empty();
    Does<CreateRequest, CreateResult> create = request -> new CreateResult.Created(new Handle(1, request.key()),
            List.of());
    Does<CreateRequest, CreateResult> occupy = request -> create.with(request);
    Does<CreateRequest, Optional<Handle>> find = _ -> Optional.empty();
    Does<Handle, PollResult> poll = _ -> PollResult.Running.plain();
    Does<Set<Handle>, Batch> pollAll = _ -> new Batch(Map.of(), false, null);
    Does<Handle, PollResult> delete = _ -> new PollResult.Cancelled();
    Does<CreateRequest, Plan> plan = _ -> new Plan.CannotPlan("it does not say");
    Does<Void, Void> close = _ -> null;
    final AtomicInteger calls = new AtomicInteger();
    final AtomicInteger opens = new AtomicInteger();
    final AtomicInteger closes = new AtomicInteger();

    FakeConnector(Duration deadline) {
        this("Fake", deadline, "sql");
    }

    FakeConnector(String name, Duration deadline, String... taskTypes) {
        var types = new HashMap<String, Set<Integer>>();
        for (var type : taskTypes) {
            types.put(type, Set.of(1, 0));
        }
        info = new ConnectorInfo(name, "1.2", types, Guarantee.ADOPT, false, 7, deadline);
    }

    static FakeConnector quick() {
        return new FakeConnector(Duration.ofSeconds(20));
    }

    @Override
    public ConnectorInfo info() {
        return info;
    }

    @Override
    public void open(ConnectorContext context) throws Exception {
        opens.incrementAndGet();
        open.with(context);
    }

    @Override
    public Optional<TaskError> check(CreateRequest request) throws Exception {
        calls.incrementAndGet();
        return check.with(request);
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        calls.incrementAndGet();
        return create.with(request);
    }

    @Override
    public CreateResult occupy(CreateRequest request) throws Exception {
        calls.incrementAndGet();
        return occupy.with(request);
    }

    @Override
    public Optional<Handle> find(CreateRequest request) throws Exception {
        calls.incrementAndGet();
        return find.with(request);
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
        calls.incrementAndGet();
        return poll.with(handle);
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
        return pollAll.with(handles);
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws Exception {
        calls.incrementAndGet();
        return delete.with(handle);
    }

    @Override
    public Plan plan(CreateRequest request) throws Exception {
        calls.incrementAndGet();
        return plan.with(request);
    }

    @Override
    public void close() throws Exception {
        closes.incrementAndGet();
        close.with(null);
    }
}
