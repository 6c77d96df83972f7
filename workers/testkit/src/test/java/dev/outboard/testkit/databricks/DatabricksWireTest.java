package dev.outboard.testkit.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.testkit.sim.SimClock;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the vendor's client never sends, or does not show. */
class DatabricksWireTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CLUSTER = "'new_cluster':{'spark_version':'13.3.x-scala2.12','node_type_id':'m5.xlarge',"
            + "'num_workers':2}";
    private static final String TASK = "{'task_key':'one','spark_python_task':{'python_file':'a.py'}," + CLUSTER + "}";

    private final DatabricksSimulator databricks = DatabricksSimulator.start(SimClock.running(), 0);
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void close() {
        http.close();
        databricks.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(databricks.url().resolve(path))
                .timeout(Duration.ofSeconds(10))
                .header("Authorization", "Bearer " + databricks.secrets().get(DatabricksSimulator.SECRET));
    }

    private HttpResponse<String> submit(String version, String body) throws IOException, InterruptedException {
        return send(request("/api/" + version + "/jobs/runs/submit")
                .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private void refused(String body, String why) throws IOException, InterruptedException {
        var answer = submit("2.2", body);
        assertEquals(400, answer.statusCode(), body);
        var error = JSON.readTree(answer.body());
        assertEquals("INVALID_PARAMETER_VALUE", error.path("error_code").asText());
        assertTrue(error.path("message").asText().contains(why), answer.body());
        assertEquals("type.googleapis.com/google.rpc.RequestInfo", error.at("/details/0/@type").asText());
        assertEquals(0, databricks.ledger().size());
    }

    private static String run(String task) {
        return "{'tasks':[" + task + "]}";
    }

    @Test
    void malformedRunsAreRefused() throws Exception {
        refused("{'run_name':'a'}", "no tasks");
        refused("{'timeout_seconds':3600.0,'tasks':[" + TASK + "]}", "timeout_seconds");
        refused(run(TASK.replace("'num_workers':2", "'num_workers':2.0")), "num_workers");
        refused(run(TASK.replace("'one'", "'one','email_notifications':{'after':2.0}")), "after");
        refused(run(TASK.replace("'num_workers':2", "'num_workers':'two'")), "num_workers");
        refused(run(TASK.replace(",'num_workers':2", "")), "new_cluster.size");
        refused(run(TASK.replace("," + CLUSTER, "")), "existing_cluster_id");
        refused(run(TASK.replace(CLUSTER, "'environment_key':'default'")), "environments");
        refused(run(TASK.replace("'a.py'", "'a.py','source':'GIT'")), "git_source");
        refused("{'git_source':{'git_url':'https://x'},'tasks':[" + TASK + "]}", "git_provider");
        refused(run("{'task_key':'one'," + CLUSTER + "}"), "no task to run");
        refused(run(TASK + "," + TASK), "Duplicate");
        assertEquals("MALFORMED_REQUEST",
                JSON.readTree(submit("2.2", "{").body()).path("error_code").asText());
        assertEquals(200, submit("2.2", run(TASK.replace("'num_workers':2", "'num_workers':'4'"))).statusCode());
    }

    @Test
    void versionTwoPointOneTakesASingleTaskInTheRunItself() throws Exception {
        var flat = "{'spark_python_task':{'python_file':'a.py'}," + CLUSTER + "}";
        refused(flat, "no tasks");
        var id = JSON.readTree(submit("2.1", flat).body()).path("run_id");
        assertTrue(id.isIntegralNumber(), id.toString());
        var run = JSON.readTree(send(request("/api/2.1/jobs/runs/get?run_id=" + id)).body());
        assertEquals("a.py", run.at("/tasks/0/spark_python_task/python_file").asText());
        assertTrue(run.path("start_time").isIntegralNumber(), run.toString());
    }

    @Test
    void aRunThatTakesTooLongIsStopped() throws Exception {
        databricks.hold();
        var id = JSON.readTree(submit("2.2", "{'timeout_seconds':60,'tasks':[" + TASK + "]}").body()).path("run_id");
        var get = "/api/2.2/jobs/runs/get?run_id=" + id;
        assertEquals("RUNNING", json(send(request(get))).at("/status/state").asText());
        databricks.clock().advance(Duration.ofSeconds(61));
        var run = json(send(request(get)));
        assertEquals("CANCELED", run.at("/status/termination_details/code").asText());
        assertEquals("TIMEDOUT", run.at("/state/result_state").asText());
    }

    @Test
    void aRunThatIsNotThereIsABadParameter() throws Exception {
        for (var path : new String[]{"get?run_id=17", "get-output?run_id=17"}) {
            var answer = send(request("/api/2.2/jobs/runs/" + path));
            assertEquals(400, answer.statusCode());
            assertEquals("Run 17 does not exist.", JSON.readTree(answer.body()).path("message").asText());
        }
    }

    @Test
    void whoeverDoesNotSayWhoTheyAreIsRefused() throws Exception {
        var get = "/api/2.2/jobs/runs/get?run_id=17";
        assertEquals(401, send(request(get).setHeader("Authorization", "Basic eDp5")).statusCode());
        assertEquals(403, send(request(get).setHeader("Authorization", "Bearer dapi0")).statusCode());
        assertEquals(404, send(request("/.well-known/databricks-config")).statusCode());
        assertEquals(404, send(request("/api/2.2/jobs/runs/explode")).statusCode());
        var oidc = json(send(request("/oidc/.well-known/oauth-authorization-server")));
        assertEquals(databricks.url() + "/oidc/v1/token", oidc.path("token_endpoint").asText());
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
