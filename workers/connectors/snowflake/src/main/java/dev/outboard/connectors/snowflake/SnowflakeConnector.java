package dev.outboard.connectors.snowflake;

import dev.outboard.spi.Batch;
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
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs of task type {@code snowflake}: {@code sql.statement} with the inputs as {@code %(name)s}, on a warehouse. The
 * output {@code results} is the query's own result, by its id.
 *
 * <p>
 * {@link #open} throws {@link IllegalArgumentException} naming the setting that is wrong.
 */
public final class SnowflakeConnector implements Connector {

    private record Opened(ConnectorContext context, SnowflakeSettings settings, Tokens tokens, SqlApi api,
            History history, Creation creation, Sweeps sweeps) {}

    private volatile @Nullable Opened opened;

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("Snowflake", "0.1.0", Map.of("snowflake", Set.of(0)), Guarantee.SEARCH, false, 1_000,
                Duration.ofSeconds(30), true, 10);
    }

    @Override
    public void open(ConnectorContext context) {
        var settings = SnowflakeSettings.of(context.settings());
        var tokens = new Tokens(context.clock());
        var api = new SqlApi(settings, tokens, context.budget());
        var history = new History(api, settings, context.budget());
        opened = new Opened(context, settings, tokens, api, history, new Creation(api, history, context.budget()),
                new Sweeps(history, settings, context));
    }

    @Override
    public Optional<TaskError> check(CreateRequest request) {
        var o = opened();
        try {
            var meta = Job.of(request, o.settings()).meta();
            o.tokens().token(meta, o.settings().login(meta), request.secrets(), Secrets.pointer(meta));
            return Optional.empty();
        } catch (UserFault fault) {
            return Optional.of(fault.error());
        }
    }

    @Override
    public CreateResult create(CreateRequest request) throws IOException, InterruptedException {
        var o = opened();
        try {
            return o.creation().create(request, Job.of(request, o.settings()));
        } catch (UserFault fault) {
            return new CreateResult.Rejected(fault.error());
        }
    }

    @Override
    public Optional<Handle> find(CreateRequest request) throws IOException, InterruptedException {
        var o = opened();
        try {
            return o.creation().find(request, Job.of(request, o.settings())).map(Meta::handle);
        } catch (UserFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        var caller = caller(handle, secrets);
        try {
            return known(caller, Outcomes.polled(opened().api().status(caller), caller.meta()));
        } catch (UserFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws IOException, InterruptedException {
        var o = opened();
        var caller = caller(handle, secrets);
        try {
            var answer = o.api().cancel(caller);
            if (answer.status() == 429) {
                return new PollResult.Retry(Outcomes.patience(answer), "Snowflake answers too many requests");
            }
            // 422: it has ended, or is not known; what it has come to is told below
            if (answer.status() != 200 && !answer.code().equals(SqlErrors.NOT_FOUND)) {
                throw new IOException("Snowflake does not cancel the query: " + answer.told());
            }
            o.context().budget().take(caller.meta().budget());
            return known(caller, Outcomes.polled(o.api().status(caller), caller.meta()));
        } catch (UserFault fault) {
            throw new IOException(fault.getMessage(), fault);
        }
    }

    /** Handles are forgotten with their results, after a day; the history goes back seven. */
    private PollResult known(SqlApi.Caller caller, @Nullable PollResult result)
            throws IOException, InterruptedException, UserFault {
        if (result != null) {
            return result;
        }
        var meta = caller.meta();
        var wanted = new History.Wanted("find", null, "h.query_id = ?", meta.queryId());
        var seen = opened().history().all(caller, wanted, false);
        if (seen.lines().isEmpty() && !seen.whole()) {
            throw new IOException("Snowflake has forgotten the query's handle, and its user's history is too long");
        }
        return seen.lines().isEmpty() ? new PollResult.Gone() : Outcomes.line(seen.lines().getFirst(), meta);
    }

    private static SqlApi.Caller caller(Handle handle, SecretReader secrets) {
        var meta = Meta.of(handle);
        return new SqlApi.Caller(meta, secrets, Secrets.pointer(meta));
    }

    @Override
    public String account(CreateRequest request) {
        try {
            return Job.of(request, opened().settings()).meta().budget();
        } catch (UserFault fault) {
            return "";
        }
    }

    @Override
    public String account(Handle handle) {
        return Meta.of(handle).budget();
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since)
            throws IOException, InterruptedException {
        return opened().sweeps().pollAll(handles, since);
    }

    @Override
    public ListResult list(String installation) throws IOException, InterruptedException {
        return opened().sweeps().list(installation);
    }

    @Override
    public Plan plan(CreateRequest request) throws IOException, InterruptedException {
        var o = opened();
        try {
            var job = Job.of(request, o.settings());
            o.context().budget().take(job.meta().budget());
            return Plans.of(o.api(), new SqlApi.Caller(job.meta(), request.secrets(), Secrets.pointer(job.meta())),
                    job);
        } catch (UserFault fault) {
            return new Plan.Refused(fault.error());
        }
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
            throw new IllegalStateException("the Snowflake connector is not open");
        }
        return o;
    }
}
