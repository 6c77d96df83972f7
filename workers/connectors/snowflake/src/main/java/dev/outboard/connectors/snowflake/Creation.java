package dev.outboard.connectors.snowflake;

import dev.outboard.spi.Budget;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.TaskError;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Submits statements, each key's once. Snowflake itself dedupes only what has succeeded already, so whoever may be
 * repeating a submission looks for the first one by its tag before.
 */
final class Creation {
    private static final System.Logger LOG = System.getLogger(Creation.class.getName());
    private static final Duration UNREACHABLE = Duration.ofSeconds(5);

    private final SqlApi api;
    private final History history;
    private final Budget budget;
    private final Keys keys = new Keys();

    Creation(SqlApi api, History history, Budget budget) {
        this.api = api;
        this.history = history;
        this.budget = budget;
    }

    CreateResult create(CreateRequest request, Job job) throws IOException, InterruptedException, UserFault {
        var caller = new SqlApi.Caller(job.meta(), request.secrets(), Secrets.pointer(job.meta()));
        var tried = keys.get(request);
        if (tried == null) {
            return submit(request, job, caller, false);
        }
        if (tried.created() != null) {
            return adopted(request, tried.fingerprint(), tried.created());
        }
        var found = looked(request, caller, true);
        if (found.isPresent()) {
            return adopted(request, found.get().fingerprint(), found.get().meta());
        }
        budget.take(job.meta().budget());
        return submit(request, job, caller, true);
    }

    /** The handle's content of what is there under this key. */
    Optional<Meta> find(CreateRequest request, Job job) throws IOException, InterruptedException, UserFault {
        var caller = new SqlApi.Caller(job.meta(), request.secrets(), Secrets.pointer(job.meta()));
        var found = looked(request, caller, true);
        if (found.isEmpty()) {
            // who looks has lost the answer of a create, perhaps another worker's: the next one repeats it
            keys.trying(request);
            return Optional.empty();
        }
        if (!found.get().fingerprint().equals(request.fingerprint())) {
            LOG.log(System.Logger.Level.WARNING, "job {0}: the query {1} has its key but another job''s fingerprint",
                    request.jobId(), found.get().meta().queryId());
        }
        return Optional.of(found.get().meta());
    }

    private Optional<Tag> looked(CreateRequest request, SqlApi.Caller caller, boolean paid)
            throws IOException, InterruptedException, UserFault {
        var wanted = new History.Wanted("find", null, "startswith(h.query_tag, ?)", Tag.key(request));
        var seen = history.all(caller, wanted, paid);
        var first = seen.lines().stream().min(Comparator.comparing(History.Line::started));
        if (first.isEmpty() && !seen.whole()) {
            throw new IOException("Snowflake's query history of `" + caller.meta().user()
                    + "` is too long to look a query up in: use a user of its own for these jobs");
        }
        if (seen.lines().size() > 1) {
            LOG.log(System.Logger.Level.WARNING, "job {0}: Snowflake has {1} queries under its key; {2} is taken",
                    request.jobId(), seen.lines().size(), first.get().queryId());
        }
        return first.flatMap(line -> Tag.read(line.tag())
                .map(tag -> new Tag(tag.key(), tag.fingerprint(),
                        tag.taskType(), tag.jobId(), tag.meta().with(line.queryId()))));
    }

    private CreateResult adopted(CreateRequest request, String fingerprint, Meta meta) {
        return fingerprint.equals(request.fingerprint())
                ? new CreateResult.Adopted(meta.handle(), meta.links())
                : new CreateResult.Rejected(TaskError.system("KeyConflict", "Snowflake has the query " + meta.queryId()
                        + " under this job's key, but it was submitted for another job", false));
    }

    private CreateResult submit(CreateRequest request, Job job, SqlApi.Caller caller, boolean again)
            throws IOException, InterruptedException, UserFault {
        keys.trying(request);
        Answer answer;
        try {
            answer = api.submit(caller, requestId(request), again, body(request, job));
        } catch (ConnectException | HttpConnectTimeoutException e) {
            // no connection, so nothing was sent
            return new CreateResult.Retry(UNREACHABLE, "Snowflake at `" + job.meta().where().host()
                    + "` cannot be connected to");
        }
        int status = answer.status();
        if ((status == 200 || status == 202 || status == 408) && !answer.handle().isEmpty()
                || status == 422 && SqlErrors.CANCELLED.equals(answer.code()) && !answer.handle().isEmpty()) {
            var meta = job.meta().with(answer.handle());
            keys.created(request, meta);
            return new CreateResult.Created(meta.handle(), meta.links());
        }
        if (status == 429) {
            return new CreateResult.Retry(Outcomes.patience(answer), "Snowflake answers too many requests");
        }
        if (status == 422 && !answer.code().isEmpty()) {
            return new CreateResult.Rejected(
                    SqlErrors.of(answer.code(), answer.message(), job.meta().with(answer.handle())));
        }
        return status >= 400 && status < 500 && status != 408 && status != 422
                ? new CreateResult.Rejected(SqlErrors.refused(answer, job.meta(), job.pointer()))
                : new CreateResult.Unknown("Snowflake answered " + status + ": " + answer.told());
    }

    /** The same for every call of one attempt. */
    static String requestId(CreateRequest request) {
        return UUID.nameUUIDFromBytes((request.installation() + " " + request.key()).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String body(CreateRequest request, Job job) {
        var body = Bodies.of(job.meta(), job.query());
        body.put("parameters", Map.of("query_tag", Tag.of(request, job.meta())));
        return Meta.written(body);
    }
}
