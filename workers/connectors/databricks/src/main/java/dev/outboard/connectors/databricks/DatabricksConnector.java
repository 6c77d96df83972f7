package dev.outboard.connectors.databricks;

import dev.outboard.connectors.databricks.Api.Caller;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.RetryLater;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs of task type {@code databricks}: what {@code custom.databricksConf} describes, as a one-time run in the workspace
 * {@code custom.databricksInstance}. The external key is the run's idempotency token.
 *
 * <p>
 * It serves Flyte's older {@code spark} too, where the environment variable {@code OUTBOARD_DATABRICKS_SPARK} or the system
 * property {@code outboard.databricks.spark} is {@code true}: others than Databricks serve that type as well. {@link #open}
 * throws {@link IllegalArgumentException} naming the setting that is wrong.
 */
public final class DatabricksConnector implements Connector {
    static final String VERSION = "0.1.0";
    /** Databricks lets so many task runs of one workspace go on at a time. */
    private static final int MAX_JOBS = 2_000;
    /** What its strictest method that is used all the time takes. */
    private static final double REQUESTS_PER_SECOND = 30;

    private record Opened(DatabricksSettings settings, Api api, Watch watch, Listing listing, Inventory inventory) {}

    private volatile @Nullable Opened opened;

    @Override
    public ConnectorInfo info() {
        var types = new HashMap<>(Map.of("databricks", Set.of(0)));
        if (Boolean.getBoolean("outboard.databricks.spark")
                || "true".equals(System.getenv("OUTBOARD_DATABRICKS_SPARK"))) {
            types.put("spark", Set.of(0));
        }
        return new ConnectorInfo("Databricks", VERSION, types, Guarantee.TOKEN, false, MAX_JOBS, Duration.ofSeconds(30),
                true,
                REQUESTS_PER_SECOND);
    }

    @Override
    public void open(ConnectorContext context) {
        var settings = DatabricksSettings.of(context.settings());
        var api = new Api(settings, context.budget(), context.clock());
        var watch = new Watch(api, context.budget());
        var pages = new Pages(api, context.budget());
        opened = new Opened(settings, api, watch,
                new Listing(pages, watch, context.budget(), context.secrets()),
                new Inventory(pages, context.secrets(), settings.instances(), context.clock()));
    }

    @Override
    public Optional<TaskError> check(CreateRequest request) {
        try {
            Workspace.of(request, opened().settings());
            RunBody.of(request);
            return Optional.empty();
        } catch (UserFault fault) {
            return Optional.of(fault.error());
        }
    }

    @Override
    public CreateResult create(CreateRequest request) throws InterruptedException {
        try {
            var workspace = Workspace.of(request, opened().settings());
            var body = RunBody.of(request);
            return submitted(workspace, body, request.secrets());
        } catch (UserFault fault) {
            return new CreateResult.Rejected(fault.error());
        }
    }

    private CreateResult submitted(Workspace workspace, RunBody body, SecretReader secrets)
            throws InterruptedException {
        try {
            long runId = opened().api().submit(new Caller(workspace, secrets), body.json()).path("run_id").asLong(0);
            // the answer does not say whether the run was there already
            return runId == 0
                    ? new CreateResult.Unknown("the answer to the submit names no run")
                    : new CreateResult.Created(new RunHandle(workspace, runId).write(), List.of());
        } catch (ApiFault fault) {
            return switch (fault.kind()) {
                case THROTTLED -> new CreateResult.Retry(fault.after(), fault.said());
                case DENIED, REFUSED, ABSENT -> new CreateResult.Rejected(Faults.rejected(fault));
                case UNSURE -> new CreateResult.Unknown(fault.code() + ": " + fault.said());
            };
        }
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        return opened().watch().poll(handle, secrets);
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        return opened().watch().delete(handle, secrets);
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since)
            throws IOException, RetryLater, InterruptedException {
        var results = new HashMap<Handle, PollResult>();
        var batch = pollAll(account, handles, since, results::put);
        return new Batch(results, batch.restUnchanged(), batch.asOf());
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since,
            BiConsumer<Handle, PollResult> told) throws IOException, RetryLater, InterruptedException {
        return opened().listing().pollAll(account, handles, since, told);
    }

    @Override
    public ListResult list(String installation) throws IOException, InterruptedException {
        return opened().inventory().list(installation);
    }

    @Override
    public String account(CreateRequest request) {
        try {
            return Workspace.of(request, opened().settings()).account();
        } catch (UserFault fault) {
            return "";
        }
    }

    @Override
    public String account(Handle handle) {
        var run = RunHandle.read(handle);
        return run == null ? "" : run.workspace().account();
    }

    @Override
    public void close() throws InterruptedException {
        var o = opened;
        if (o != null) {
            o.api().close();
        }
    }

    private Opened opened() {
        var o = opened;
        if (o == null) {
            throw new IllegalStateException("the Databricks connector is not open");
        }
        return o;
    }
}
