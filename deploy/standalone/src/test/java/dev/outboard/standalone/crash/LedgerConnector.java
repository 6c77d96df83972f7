package dev.outboard.standalone.crash;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A platform that outlives its workers: a folder with a file per external job, which is its state, and a ledger of all
 * that happened. What a job does stands in its statement: {@code hold-create} holds the reply of its first create back for
 * ever, after the effect; {@code run} runs until told otherwise.
 */
public final class LedgerConnector implements Connector {
    private static final ConnectorInfo INFO = new ConnectorInfo("Ledger", "1", Map.of("ledger", Set.of(0)),
            Guarantee.ADOPT, false, 1000, Duration.ofSeconds(60));
    private Path folder = Path.of(".");
    /** Which calls this process made, and when; not noted if null. */
    private Path trace;

    @Override
    public ConnectorInfo info() {
        return INFO;
    }

    @Override
    public void open(ConnectorContext context) {
        folder = Path.of(context.settings().get("folder"));
        var traces = context.settings().get("traces");
        trace = traces == null ? null : Path.of(traces).resolve(Long.toString(ProcessHandle.current().pid()));
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        called("create");
        note("call create " + request.jobId());
        var job = folder.resolve(request.key());
        try {
            Files.writeString(job, "running", StandardOpenOption.CREATE_NEW);
            note("created " + request.jobId() + " " + request.attempt());
        } catch (FileAlreadyExistsException e) {
            return new CreateResult.Adopted(new Handle(1, request.key()), List.of());
        }
        if ("hold-create".equals(request.template().statement())) {
            Thread.sleep(Duration.ofMinutes(10));
        }
        return new CreateResult.Created(new Handle(1, request.key()), List.of());
    }

    @Override
    public PollResult poll(Handle handle) throws IOException {
        called("poll");
        return told(handle);
    }

    private PollResult told(Handle handle) throws IOException {
        return switch (Files.readString(folder.resolve(handle.value()))) {
            case "running" ->
                new PollResult.Running(false, "running", null, List.of(), Map.of(), Duration.ofMillis(200));
            case "cancelled" -> new PollResult.Cancelled();
            default -> new PollResult.Succeeded(Map.of(), Map.of());
        };
    }

    @Override
    public PollResult delete(Handle handle) throws IOException {
        called("delete");
        if (Files.readString(folder.resolve(handle.value())).equals("running")) {
            Files.writeString(folder.resolve(handle.value()), "cancelled");
        }
        return told(handle);
    }

    private void called(String method) throws IOException {
        if (trace != null) {
            Files.writeString(trace, System.currentTimeMillis() + " " + method + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    private void note(String line) throws IOException {
        Files.writeString(folder.resolve("ledger"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
