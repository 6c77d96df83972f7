package dev.outboard.connectors.databricks;

import com.databricks.sdk.core.ApiClient;
import com.databricks.sdk.core.DatabricksError;
import com.databricks.sdk.core.DatabricksException;
import com.databricks.sdk.core.UserAgent;
import com.databricks.sdk.core.http.Request;
import com.databricks.sdk.core.retry.NoRetryStrategyPicker;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Budget;
import dev.outboard.spi.SecretReader;
import dev.outboard.support.UserFault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Databricks' Jobs API 2.2: one request for each call, and one more where a token was refused. Safe for many threads. */
final class Api implements AutoCloseable {
    private static final String RUNS = "/api/2.2/jobs/runs/";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String THROTTLED = "REQUEST_LIMIT_EXCEEDED";
    private static final ScopedValue<Sent> SENT = ScopedValue.newInstance();

    static {
        UserAgent.withProduct("outboard", DatabricksConnector.VERSION);
    }

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
        this.logins = new Logins(settings, new TokenService(http), clock);
    }

    JsonNode submit(Caller caller, Map<String, @Nullable Object> body) throws ApiFault, InterruptedException {
        var json = written(body);
        return send(caller, () -> post("submit", json));
    }

    JsonNode run(Caller caller, long runId) throws ApiFault, InterruptedException {
        return send(caller, () -> get("get").withQueryParam("run_id", Long.toString(runId)));
    }

    void cancel(Caller caller, long runId) throws ApiFault, InterruptedException {
        var json = written(Map.of("run_id", runId));
        send(caller, () -> post("cancel", json));
    }

    /** Of a task's run: that of a run with several tasks has none. */
    JsonNode output(Caller caller, long taskRunId) throws ApiFault, InterruptedException {
        return send(caller, () -> get("get-output").withQueryParam("run_id", Long.toString(taskRunId)));
    }

    JsonNode list(Caller caller, Map<String, String> query) throws ApiFault, InterruptedException {
        return send(caller, () -> {
            var request = get("list");
            query.forEach(request::withQueryParam);
            return request;
        });
    }

    private static Request get(String path) {
        return new Request(Request.GET, RUNS + path).withHeader("Accept", "application/json");
    }

    private static Request post(String path, String json) {
        return new Request(Request.POST, RUNS + path, json).withHeader("Accept", "application/json")
                .withHeader("Content-Type", "application/json");
    }

    private static String written(Map<String, @Nullable Object> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("JSON values can be written", e);
        }
    }

    /** @param request made anew for each sending: the SDK writes into it */
    private JsonNode send(Caller caller, Supplier<Request> request) throws ApiFault, InterruptedException {
        var base = base(caller.workspace());
        var token = token(base, caller);
        try {
            return once(base, token, request.get());
        } catch (ApiFault fault) {
            if (fault.kind() != ApiFault.Kind.DENIED
                    || !logins.renew(base, caller.workspace(), caller.secrets(), token)) {
                throw fault;
            }
            budget.take(caller.workspace().account());
            return once(base, token(base, caller), request.get());
        }
    }

    private URI base(Workspace workspace) throws ApiFault {
        var endpoint = settings.endpoint();
        try {
            // a handle may be from when more was allowed
            var allowed = settings.hosts().url(workspace.instance(), "");
            return endpoint == null ? allowed : endpoint;
        } catch (UserFault e) {
            throw new ApiFault(ApiFault.Kind.REFUSED, e.error().code(), e.error().message(), null, Duration.ZERO);
        }
    }

    private String token(URI base, Caller caller) throws ApiFault, InterruptedException {
        return logins.token(base, caller.workspace(), caller.secrets());
    }

    private JsonNode once(URI base, String token, Request request) throws ApiFault, InterruptedException {
        try (var body = ScopedValue.where(SENT, new Sent(base, token))
                .call(() -> client.execute(request, InputStream.class))) {
            var answer = JSON.readTree(body);
            if (!answer.isObject()) {
                throw Faults.unsure("an answer that is no JSON object");
            }
            return answer;
        } catch (JdkHttp.Stopped e) {
            throw new InterruptedException();
        } catch (JdkHttp.Throttled e) {
            throw new ApiFault(ApiFault.Kind.THROTTLED, THROTTLED, "Databricks asks for patience", null, e.after());
        } catch (DatabricksError e) {
            throw Faults.of(e);
        } catch (DatabricksException e) {
            throw e.getCause() instanceof DatabricksError error
                    ? Faults.of(error)
                    : Faults.unsure("an answer that its SDK cannot read");
        } catch (IOException e) {
            throw Faults.unsure("an answer that is no JSON");
        } catch (RuntimeException e) {
            // the SDK throws NullPointerExceptions at errors that have no code
            throw Faults.unsure("an answer that its SDK stumbles over");
        }
    }

    @Override
    public void close() throws InterruptedException {
        http.close();
    }
}
