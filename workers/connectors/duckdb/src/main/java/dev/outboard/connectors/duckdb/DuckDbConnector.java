package dev.outboard.connectors.duckdb;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.Plan;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs of task type {@code duckdb}: {@code sql.statement}, with the inputs as {@code $name}, in a DuckDB inside this
 * process. The result is the output {@code results}, a Parquet file
 * {@code <output prefix, or the data folder's results>/<job>/<attempt>/<worker>/results.parquet}.
 *
 * <p>
 * No call waits for a query. A key is known for an hour after its query has ended (or until 10,000 more have); within that
 * time a repeated create adopts. {@link #open} throws {@link IllegalArgumentException} naming the setting that is wrong.
 */
public final class DuckDbConnector implements Connector {
    private static final int HANDLE_VERSION = 1;

    private record Opened(ConnectorContext context, Settings settings, Jobs jobs) {}

    private volatile @Nullable Opened opened;

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("DuckDB", "0.1.0", Map.of("duckdb", Set.of(0)), Guarantee.NONE, true, Jobs.MAX_LIVE,
                Duration.ofSeconds(10));
    }

    @Override
    public void open(ConnectorContext context) throws IOException, SQLException {
        Settings settings = Settings.of(context.settings());
        Path spill = Files.createDirectories(context.dataDir().toAbsolutePath().resolve("spill"));
        // unpacks and loads the native library here, once, where a failure still has somebody to read it
        Sandbox.open(settings, settings.folders(), spill.toRealPath()).close();
        NativeLibrary.unlink();
        opened = new Opened(context, settings, new Jobs(settings.threads(), settings.timeout(), context.clock()));
    }

    @Override
    public Optional<TaskError> check(CreateRequest request) {
        return RequestCheck.check(request, opened().context().dataDir());
    }

    @Override
    public CreateResult create(CreateRequest request) {
        Opened o = opened();
        Optional<TaskError> error = RequestCheck.check(request, o.context().dataDir());
        if (error.isPresent()) {
            return new CreateResult.Rejected(error.get());
        }
        Query query = new Query(request, o.settings(), o.context().dataDir(), o.context().workerId(),
                o.context().clock());
        return switch (o.jobs().add(request.key(), request.jobId(), query)) {
            case NEW -> new CreateResult.Created(handle(request.key()), List.of());
            case KNOWN -> new CreateResult.Adopted(handle(request.key()), List.of());
            case FULL -> new CreateResult.Retry(Duration.ofSeconds(1),
                    "this worker has " + Jobs.MAX_LIVE + " DuckDB jobs already");
        };
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) {
        return key(handle).map(opened().jobs()::poll).orElseGet(PollResult.Gone::new);
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) {
        PollResult result = key(handle).map(opened().jobs()::stop).orElseGet(PollResult.Gone::new);
        return result instanceof PollResult.Running running
                ? new PollResult.Running(running.queued(), running.message(), running.progress(), running.links(),
                        running.info(), Duration.ofMillis(50))
                : result;
    }

    @Override
    public CreateResult occupy(CreateRequest request) {
        Handle handle = handle(request.key());
        return opened().jobs().occupy(request.key())
                ? new CreateResult.Created(handle, List.of())
                : new CreateResult.Adopted(handle, List.of());
    }

    /** By EXPLAIN; files that the statement names are opened, for their columns. */
    @Override
    public Plan plan(CreateRequest request) {
        Opened o = opened();
        return RequestCheck.check(request, o.context().dataDir())
                .<Plan>map(Plan.Refused::new)
                .orElseGet(() -> Explanation.of(request, o.settings(), o.context().dataDir()));
    }

    @Override
    public ListResult list(String installation) {
        return new ListResult.CannotList(
                "a query lives in its worker's process and ends with it, so none is left behind");
    }

    @Override
    public void close() throws InterruptedException {
        Opened o = opened;
        if (o != null) {
            o.jobs().close();
        }
    }

    /** Names the worker too: the same key on another worker is another query. */
    private Handle handle(String key) {
        return new Handle(HANDLE_VERSION, opened().context().workerId() + "/" + key);
    }

    /** The handle's key, or empty if its job ran in another process. */
    private Optional<String> key(Handle handle) {
        String prefix = opened().context().workerId() + "/";
        return handle.version() == HANDLE_VERSION && handle.value().startsWith(prefix)
                ? Optional.of(handle.value().substring(prefix.length()))
                : Optional.empty();
    }

    private Opened opened() {
        Opened o = opened;
        if (o == null) {
            throw new IllegalStateException("the DuckDB connector is not open");
        }
        return o;
    }
}
