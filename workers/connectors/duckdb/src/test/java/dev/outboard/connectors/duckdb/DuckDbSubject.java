package dev.outboard.connectors.duckdb;

import static org.awaitility.Awaitility.await;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskTemplate;
import dev.outboard.testkit.conformance.Subject;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Simulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * DuckDB in this process. Its ledger is the folder that results go to: a query makes its own when it starts, removes it when
 * it is stopped, and leaves a Parquet file there when it has ended well.
 */
final class DuckDbSubject implements Subject {
    private final Path gates;
    private final Path results;

    DuckDbSubject(Path folder) throws IOException {
        gates = Files.createDirectories(folder.resolve("gates")).toRealPath();
        results = Files.createDirectories(folder.resolve("results")).toRealPath();
    }

    /** A create returns as soon as its query is queued; here it returns when the query has started, so that it counts. */
    @Override
    public Connector connector() {
        var real = new DuckDbConnector();
        var worker = new AtomicReference<String>();
        return (Connector) Proxy.newProxyInstance(Connector.class.getClassLoader(), new Class<?>[]{Connector.class},
                (_, method, arguments) -> {
                    try {
                        if (method.getName().equals("open")) {
                            worker.set(((ConnectorContext) arguments[0]).workerId());
                        }
                        var result = method.invoke(real, arguments);
                        if (method.getName().equals("create") && result instanceof CreateResult.Created) {
                            var folder = attempt((CreateRequest) arguments[0]).resolve(worker.get());
                            await().pollInterval(Duration.ofMillis(5)).until(() -> live(folder));
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private Path attempt(CreateRequest request) {
        return results.resolve(request.jobId()).resolve(String.valueOf(request.attempt()));
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("folders", gates.toString(), "threads", "4", "memory-limit", "256MB");
    }

    @Override
    public SecretReader secrets() {
        return _ -> Optional.empty();
    }

    @Override
    public List<String> secretValues() {
        return List.of();
    }

    @Override
    public CreateRequest request(String key) {
        return request(key, "max");
    }

    @Override
    public CreateRequest different(String key) {
        return request(key, "min");
    }

    /** Its query reads its gate again and again until there is something else in it. */
    private CreateRequest request(String key, String aggregate) {
        var gate = gates.resolve(key);
        var sql = "WITH RECURSIVE turns(n, said) AS (SELECT 0, 'wait' UNION ALL SELECT n + 1, content FROM turns, read_text('"
                + gate + "') WHERE said = 'wait') SELECT " + aggregate + "(n) AS n FROM turns";
        try {
            if (!Files.exists(gate)) {
                Files.writeString(gate, "wait");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var template = new TaskTemplate("", "", "", "duckdb", 0, sql, null, Map.of(), Map.of(), Map.of(),
                Set.of("results"));
        return new CreateRequest("here", key, "j" + key, "f" + aggregate, 1, template, Map.of(), results.toString(),
                Map.of(), secrets());
    }

    /** Whatever starts later, under an old key too, waits again. */
    @Override
    public void finish() {
        say("go on");
        await().pollInterval(Duration.ofMillis(5)).until(() -> ledger().stream().noneMatch(Entry::live));
        say("wait");
    }

    private void say(String word) {
        try (Stream<Path> all = Files.list(gates)) {
            for (var gate : all.toList()) {
                Files.writeString(gate, word);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Handle unknown() {
        return new Handle(1, "worker-1/never-was");
    }

    @Override
    public List<Entry> ledger() {
        try (Stream<Path> all = Files.find(results, 3, (_, file) -> file.isDirectory())) {
            // <job>/<attempt>/<worker>
            return all.filter(folder -> results.relativize(folder).getNameCount() == 3).map(this::entry).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Entry entry(Path folder) {
        var job = results.relativize(folder).getName(0).toString();
        return new Entry(results.relativize(folder).toString(), job.substring(1), Instant.EPOCH,
                live(folder), 0);
    }

    /** Some query writes there, for the first time or again. */
    private static boolean live(Path folder) {
        return Files.exists(folder) && (!Files.exists(folder.resolve("results.parquet"))
                || Files.exists(folder.resolve(".results.parquet.part")));
    }

    @Override
    public Optional<Simulator> simulator() {
        return Optional.empty();
    }

    /** It has no credentials. */
    @Override
    public void rotate() {}

    /** It has no wire that could tell one. */
    @Override
    public void unheardOfState() {}

    /** It has no lists. */
    @Override
    public void lists(Duration lag) {}

    /** Queries end with their connectors. */
    @Override
    public void close() {}
}
