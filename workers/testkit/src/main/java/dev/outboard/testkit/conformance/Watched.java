package dev.outboard.testkit.conformance;

import dev.outboard.spi.Batch;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.Plan;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A connector as a worker calls it: each call on a virtual thread of its own. What it tells is kept as evidence, and it
 * must not take longer than its platform, which answers at once.
 */
final class Watched implements Connector {
    private final Connector connector;
    private final Evidence evidence;
    private final Duration patience;

    Watched(Connector connector, Evidence evidence, Duration patience) {
        this.connector = connector;
        this.evidence = evidence;
        this.patience = patience;
    }

    /** A call that was begun. */
    record Begun<T>(String what, Thread thread, FutureTask<T> task) {
        void interrupt() {
            thread.interrupt();
        }

        /** @throws AssertionError if no answer comes in time */
        T answer(Evidence evidence, Duration patience) throws Exception {
            try {
                var result = task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
                evidence.add("the result of " + what, result);
                return result;
            } catch (TimeoutException e) {
                var stack = Arrays.toString(thread.getStackTrace());
                thread.interrupt();
                throw new AssertionError(what + " did not return within " + patience.toMillis()
                        + " ms, though nothing was left to wait for; it was at " + stack);
            } catch (ExecutionException e) {
                evidence.add("the exception of " + what, e);
                switch (e.getCause()) {
                    case Exception exception -> throw exception;
                    case Error error -> throw error;
                    case null, default -> throw e;
                }
            }
        }
    }

    static <T> Begun<T> begin(String what, Callable<T> call) {
        var task = new FutureTask<>(call);
        return new Begun<>(what, Thread.ofVirtual().name(what).start(task), task);
    }

    private <T> T call(String what, Callable<T> call) throws Exception {
        return begin(what, call).answer(evidence, patience);
    }

    /** The connector itself, for a call that is to hang. */
    Connector bare() {
        return connector;
    }

    @Override
    public ConnectorInfo info() {
        return connector.info();
    }

    @Override
    public void open(ConnectorContext context) throws Exception {
        try {
            connector.open(context);
        } catch (Exception e) {
            evidence.add("the exception of open", e);
            throw e;
        }
    }

    @Override
    public Optional<TaskError> check(CreateRequest request) throws Exception {
        return call("check", () -> connector.check(request));
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        return call("create", () -> connector.create(request));
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
        return call("poll", () -> connector.poll(handle, secrets));
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws Exception {
        return call("delete", () -> connector.delete(handle, secrets));
    }

    @Override
    public CreateResult occupy(CreateRequest request) throws Exception {
        return call("occupy", () -> connector.occupy(request));
    }

    @Override
    public Optional<Handle> find(CreateRequest request) throws Exception {
        return call("find", () -> connector.find(request));
    }

    @Override
    public String account(CreateRequest request) {
        return connector.account(request);
    }

    @Override
    public String account(Handle handle) {
        return connector.account(handle);
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since) throws Exception {
        return call("pollAll", () -> connector.pollAll(account, handles, since));
    }

    @Override
    public Plan plan(CreateRequest request) throws Exception {
        return call("plan", () -> connector.plan(request));
    }

    @Override
    public ListResult list(String installation) throws Exception {
        return call("list", () -> connector.list(installation));
    }

    @Override
    public void close() throws Exception {
        connector.close();
    }
}
