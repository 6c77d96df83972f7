package dev.outboard.bench.staleness;

import dev.outboard.bench.staleness.PagingClient.Answer;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Budget;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.RetryLater;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Carries jobs to the simulated account, and polls them page by page. */
public final class PagingConnector implements Connector {
    static final String TASK_TYPE = "paging";
    static final String NAME = "Paging";
    /** Setting: true if it may ask what has changed. */
    static final String CHANGES = "changes";
    static final String ENDPOINT = "endpoint";
    private static final int MAX_JOBS = 100_000;

    private @Nullable PagingClient client;
    private Budget budget = Budget.UNLIMITED;
    private boolean changes;

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo(NAME, "1", Map.of(TASK_TYPE, Set.of(0)), Guarantee.TOKEN, false, MAX_JOBS,
                Duration.ofSeconds(30), true, 10);
    }

    @Override
    public void open(ConnectorContext context) {
        client = new PagingClient(context.settings().getOrDefault(ENDPOINT, ""));
        budget = context.budget();
        changes = Boolean.parseBoolean(context.settings().get(CHANGES));
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        try {
            var told = ask("POST", "/jobs?key=" + request.key() + "&job=" + request.jobId());
            return new CreateResult.Created(new Handle(1, told.lines().getFirst()), List.of());
        } catch (RetryLater later) {
            return new CreateResult.Retry(later.after(), "the platform answered 429");
        }
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
        return one("GET", handle);
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws Exception {
        return one("DELETE", handle);
    }

    private PollResult one(String method, Handle handle) throws IOException, InterruptedException {
        try {
            var told = ask(method, "/jobs/" + handle.value()).lines();
            return told.isEmpty() ? new PollResult.Gone() : result(told.getFirst().split(" "));
        } catch (RetryLater later) {
            return new PollResult.Retry(later.after(), "the platform answered 429");
        }
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since,
            BiConsumer<Handle, PollResult> told) throws Exception {
        var wanted = new TreeMap<Long, Handle>();
        handles.forEach(handle -> wanted.put(Long.parseLong(handle.value()), handle));
        return changes && since != null ? changed(wanted, since, told) : listed(wanted, told);
    }

    /** What the platform lists as running runs; what it passes over has ended, and is asked for by itself. */
    private Batch listed(TreeMap<Long, Handle> wanted, BiConsumer<Handle, PollResult> told) throws Exception {
        Instant asOf = null;
        long before = Long.MAX_VALUE;
        while (!wanted.headMap(before).isEmpty()) {
            var page = page("/jobs?before=" + before);
            asOf = asOf == null ? instant(page.asOf()) : asOf;
            var running = new TreeMap<Long, PollResult>();
            page.lines()
                    .stream()
                    .map(line -> line.split(" "))
                    .forEach(f -> running.put(Long.parseLong(f[0]), result(f)));
            long last = running.isEmpty() ? 0 : running.firstKey();
            for (var one : wanted.subMap(last, true, before, false).descendingMap().entrySet()) {
                var result = running.get(one.getKey());
                told.accept(one.getValue(), result == null ? alone(one.getValue()) : result);
            }
            before = last;
        }
        return new Batch(Map.of(), false, changes ? asOf : null);
    }

    private PollResult alone(Handle handle) throws IOException, InterruptedException {
        budget.take("");
        return one("GET", handle);
    }

    private Batch changed(TreeMap<Long, Handle> wanted, Instant since, BiConsumer<Handle, PollResult> told)
            throws Exception {
        Instant asOf = null;
        for (int skip = 0;;) {
            var page = page("/changes?since=" + ChronoUnit.MICROS.between(Instant.EPOCH, since) + "&skip=" + skip);
            asOf = asOf == null ? instant(page.asOf()) : asOf;
            if (page.lines().isEmpty()) {
                return new Batch(Map.of(), true, asOf);
            }
            for (var line : page.lines()) {
                var fields = line.split(" ");
                var handle = wanted.get(Long.parseLong(fields[0]));
                if (handle != null) {
                    told.accept(handle, result(fields));
                }
            }
            skip += page.lines().size();
        }
    }

    private Answer page(String path) throws IOException, InterruptedException, RetryLater {
        budget.take("");
        return ask("GET", path);
    }

    private Answer ask(String method, String path) throws IOException, InterruptedException, RetryLater {
        var open = client;
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open.ask(method, path);
    }

    /** @param fields number, state and stage */
    private static PollResult result(String[] fields) {
        return switch (fields[1]) {
            case "RUNNING" -> new PollResult.Running(false, "stage " + fields[2], null, List.of(), Map.of(), null);
            case "CANCELLED" -> new PollResult.Cancelled();
            default -> new PollResult.Succeeded(Map.of(), Map.of());
        };
    }

    private static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    @Override
    public void close() {
        var open = client;
        if (open != null) {
            open.close();
        }
    }
}
