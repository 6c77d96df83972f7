package dev.outboard.connectors.databricks;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.retry.NoRetryStrategyPicker;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Budget;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Databricks' Jobs API 2.2: one request for each call, and one more where a token was refused. Safe for many threads. */
final class Api implements AutoCloseable {
    private static final String RUNS = "/api/2.2/jobs/runs/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ScopedValue<Sent> SENT = ScopedValue.newInstance();

    /** Where the request at hand goes, and what it carries. */
    private record Sent(URI base, String token) {}

    /** Whom a request is for. */
    record Caller(Workspace workspace, SecretReader secrets) {}

    private final DatabricksSettings settings;
    private final Budget budget;
    private final JdkHttp http = new JdkHttp();
    private final Logins logins;
    private final ApiClient client = new ApiClient.Builder().withHttpClient(http)
            .withGetHostFunc(_ -> SENT.get().base().toString())
            .withGetAuthTypeFunc(_ -> "outboard")
            .withAuthenticateFunc(_ -> Map.of("Authorization", "Bearer " + SENT.get().token()))
            .withRetryStrategyPicker(new NoRetryStrategyPicker())
            .build();

    Api(DatabricksSettings settings, Budget budget, Clock clock) {
        this.settings = settings;
        this.budget = budget;
        this.logins = new Logins(settings, http, clock);
    }

    JsonNode submit(Caller caller, Map<String, @Nullable Object> body) throws ApiFault, InterruptedException {
        return send(caller, post("submit", body));
    }

    JsonNode run(Caller caller, long runId) throws ApiFault, InterruptedException {
        return send(caller, new Request(Request.GET, RUNS + "get").withQueryParam("run_id", Long.toString(runId)));
    }

    void cancel(Caller caller, long runId) throws ApiFault, InterruptedException {
        send(caller, post("cancel", Map.of("run_id", runId)));
    }

    /** Of a task's run: that of a run with several tasks has none. */
    JsonNode output(Caller caller, long taskRunId) throws ApiFault, InterruptedException {
        return send(caller,
                new Request(Request.GET, RUNS + "get-output").withQueryParam("run_id", Long.toString(taskRunId)));
    }

    JsonNode list(Caller caller, Map<String, String> query) throws ApiFault, InterruptedException {
        var request = new Request(Request.GET, RUNS + "list");
        query.forEach(request::withQueryParam);
        return send(caller, request);
    }

    private static Request post(String path, Map<String, @Nullable Object> body) {
        try {
            return new Request(Request.POST, RUNS + path, JSON.writeValueAsString(body)).withHeader("Content-Type",
                    "application/json");
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("JSON values can be written", e);
        }
    }

    private JsonNode send(Caller caller, Request request) throws ApiFault, InterruptedException {
        var base = base(caller.workspace());
        var token = token(base, caller);
        try {
            return once(base, token, request);
        } catch (ApiFault fault) {
            if (fault.kind() != ApiFault.Kind.DENIED
                    || !logins.renew(base, caller.workspace(), caller.secrets(), token)) {
                throw fault;
            }
            budget.take(caller.workspace().account());
            return once(base, token(base, caller), request);
        }
    }

    private URI base(Workspace workspace) throws ApiFault {
        var endpoint = settings.endpoint();
        try {
            // a handle may be from when more was allowed
            var allowed = settings.hosts().url(workspace.instance(), "");
            return endpoint == null ? allowed : endpoint;
        } catch (dev.outboard.support.UserFault e) {
            throw new ApiFault(ApiFault.Kind.REFUSED, e.error().code(), e.error().message(), null, Duration.ZERO);
        }
    }

    private String token(URI base, Caller caller) throws ApiFault, InterruptedException {
        try {
            return logins.token(base, caller.workspace(), caller.secrets());
        } catch (JdkHttp.Stopped e) {
            throw new InterruptedException();
        } catch (JdkHttp.Throttled e) {
            throw new ApiFault(ApiFault.Kind.THROTTLED, "TokenThrottled", "tokens are being throttled", null,
                    e.after());
        } catch (DatabricksException e) {
            throw Faults.ofToken(e);
        }
    }

    private JsonNode once(URI base, String token, Request request) throws ApiFault, InterruptedException {
        try {
            var answer = ScopedValue.where(SENT, new Sent(base, token))
                    .call(() -> client.execute(request, JsonNode.class));
            if (answer == null || !answer.isObject()) {
                throw Faults.unsure("an answer that is no JSON object");
            }
            return answer;
        } catch (JdkHttp.Stopped e) {
            throw new InterruptedException();
        } catch (JdkHttp.Throttled e) {
            throw new ApiFault(ApiFault.Kind.THROTTLED, "REQUEST_LIMIT_EXCEEDED", "Databricks asks for patience", null,
                    e.after());
        } catch (DatabricksError e) {
            throw Faults.of(e);
        } catch (DatabricksException e) {
            throw e.getCause() instanceof DatabricksError error
                    ? Faults.of(error)
                    : Faults.unsure(e.getClass().getSimpleName());
        } catch (IOException | RuntimeException e) {
            // the SDK throws NullPointerExceptions at answers that it does not know
            throw Faults.unsure(e.getClass().getSimpleName());
        }
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
    }
}
