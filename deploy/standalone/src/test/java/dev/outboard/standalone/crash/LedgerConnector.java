package dev.outboard.standalone.crash;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A platform that outlives its workers: a folder with a file per external job, which is its state, another with its labels,
 * and a ledger of all that happened. With the setting {@code lost=unreachable} what has no file cannot be asked for, else
 * it is gone. What a job does stands in its statement: {@code hold-create} holds the reply of its first create back for
 * ever, after the effect; {@code run} runs until told otherwise.
 */
public final class LedgerConnector implements Connector {
    private static final ConnectorInfo INFO = new ConnectorInfo("Ledger", "1", Map.of("ledger", Set.of(0)),
            Guarantee.ADOPT, false, 1000, Duration.ofSeconds(60));
    private Path folder = Path.of(".");
    /** Which calls this process made, and when; not noted if null. */
    private Path trace;
    private boolean deaf;

    @Override
    public ConnectorInfo info() {
        return INFO;
    }

    @Override
    public void open(ConnectorContext context) {
        folder = Path.of(context.settings().get("folder"));
        var traces = context.settings().get("traces");
        trace = traces == null ? null : Path.of(traces).resolve(Long.toString(ProcessHandle.current().pid()));
        deaf = "unreachable".equals(context.settings().get("lost"));
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        called("create");
        note("call create " + request.jobId());
        var job = folder.resolve(request.key());
        label(request.key(), request.installation(), request.template().type(), request.jobId());
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
    public PollResult poll(Handle handle, SecretReader secrets) throws IOException {
        called("poll");
        return told(handle);
    }

    private PollResult told(Handle handle) throws IOException {
        var job = folder.resolve(handle.value());
        if (!deaf && !Files.exists(job)) {
            return new PollResult.Gone();
        }
        return switch (Files.readString(job)) {
            case "running" ->
                new PollResult.Running(false, "running", null, List.of(), Map.of(), Duration.ofMillis(200));
            case "cancelled" -> new PollResult.Cancelled();
            case "failed" ->
                new PollResult.Failed(new TaskError(TaskError.Kind.SYSTEM, "Oops", "oops", true, null, null, null));
            default -> new PollResult.Succeeded(Map.of(), Map.of());
        };
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws IOException {
        called("delete");
        var job = folder.resolve(handle.value());
        if (Files.exists(job) && Files.readString(job).equals("running")) {
            Files.writeString(job, "cancelled");
        }
        return told(handle);
    }

    private void called(String method) throws IOException {
        if (trace != null) {
            Files.writeString(trace, System.currentTimeMillis() + " " + method + "\n", StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
    }

    @Override
    public ListResult list(String installation) throws IOException {
        var listed = new ArrayList<ExternalJob>();
        try (var files = Files.list(folder.resolve("labels"))) {
            for (var file : files.toList()) {
                var labels = Files.readAllLines(file);
                var job = folder.resolve(file.getFileName());
                if (labels.getFirst().equals(installation) && Files.exists(job)) {
                    listed.add(new ExternalJob(labels.get(1), labels.get(2), file.getFileName().toString(),
                            new Handle(1, file.getFileName().toString()), Files.readString(job).equals("running"),
                            Files.getLastModifiedTime(file).toInstant()));
                }
            }
        }
        return new ListResult.Listed(listed);
    }

    private void label(String key, String... labels) throws IOException {
        Files.write(Files.createDirectories(folder.resolve("labels")).resolve(key), List.of(labels));
    }

    private void note(String line) throws IOException {
        Files.writeString(folder.resolve("ledger"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
