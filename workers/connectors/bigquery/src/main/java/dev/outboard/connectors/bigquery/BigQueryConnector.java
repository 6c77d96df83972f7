package dev.outboard.connectors.bigquery;

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
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs jobs of task type {@code bigquery_query_job_task}: {@code sql.statement} in the project {@code custom.ProjectID}, with
 * the inputs as named parameters. The job's id is the external key, so BigQuery itself refuses a second one.
 *
 * <p>
 * {@link #open} throws {@link IllegalArgumentException} naming the setting that is wrong.
 */
public final class BigQueryConnector implements Connector {
    static final String VERSION = "0.1.0";
    private static final int MAX_JOBS = 10_000;
    /** What BigQuery takes of one user and method. */
    private static final double REQUESTS_PER_SECOND = 100;

    private record Opened(BigQuerySettings settings, Creation creation, Watch watch, Listing listing) {}

    private volatile @Nullable Opened opened;

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("BigQuery", VERSION, Map.of("bigquery_query_job_task", Set.of(0)), Guarantee.ADOPT,
                false, MAX_JOBS, Duration.ofSeconds(30), true, REQUESTS_PER_SECOND);
    }

    @Override
    public void open(ConnectorContext context) {
        var settings = BigQuerySettings.of(context.settings());
        var budget = context.budget();
        var workers = context.secrets();
        var logins = new Logins(settings, workers, new Clients(settings, budget));
        opened = new Opened(settings, new Creation(settings, logins, budget), new Watch(logins, workers, budget),
                new Listing(settings, logins, workers, budget, context.clock()));
    }

    @Override
    public Optional<TaskError> check(CreateRequest request) {
        return opened().creation().check(request);
    }

    @Override
    public CreateResult create(CreateRequest request) throws Exception {
        return opened().creation().create(request);
    }

    @Override
    public CreateResult occupy(CreateRequest request) throws Exception {
        return opened().creation().occupy(request);
    }

    /** Where neither the template nor a handle says the location, only the US are looked at. */
    @Override
    public Optional<Handle> find(CreateRequest request) throws Exception {
        return opened().creation().find(request);
    }

    @Override
    public Plan plan(CreateRequest request) throws Exception {
        return opened().creation().plan(request);
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
        return opened().watch().poll(handle, secrets);
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws Exception {
        return opened().watch().delete(handle, secrets);
    }

    @Override
    public Batch pollAll(String account, Set<Handle> handles, @Nullable Instant since) throws Exception {
        return opened().watch().pollAll(account, handles);
    }

    @Override
    public ListResult list(String installation) throws Exception {
        return opened().listing().list(installation);
    }

    @Override
    public String account(CreateRequest request) {
        return JobSpec.account(request, opened().settings().project());
    }

    @Override
    public String account(Handle handle) {
        return JobHandle.read(handle).account();
    }

    private Opened opened() {
        var o = opened;
        if (o == null) {
            throw new IllegalStateException("the BigQuery connector is not open");
        }
        return o;
    }
}
