package dev.outboard.testkit.databricks;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.PatCredentialsProvider;
import com.databricks.sdk.service.jobs.GetRunOutputRequest;
import com.databricks.sdk.service.jobs.GetRunRequest;
import com.databricks.sdk.service.jobs.JobsService;
import com.databricks.sdk.service.jobs.NotebookTask;
import com.databricks.sdk.service.jobs.Run;
import com.databricks.sdk.service.jobs.RunOutput;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import com.databricks.sdk.service.jobs.TaskDependency;
import java.util.List;
import java.util.Map;

/** Databricks' own client. */
record Vendor(WorkspaceClient client) {

    static Vendor pat(DatabricksSimulator databricks) {
        var token = databricks.secrets().get(DatabricksSimulator.SECRET);
        return new Vendor(new WorkspaceClient(config(databricks).setToken(token)
                .setAuthType("pat")
                .setCredentialsProvider(new PatCredentialsProvider())));
    }

    static Vendor oauth(DatabricksSimulator databricks, String id, String secret) {
        return new Vendor(new WorkspaceClient(
                config(databricks).setAuthType("oauth-m2m").setClientId(id).setClientSecret(secret)));
    }

    private static DatabricksConfig config(DatabricksSimulator databricks) {
        return new DatabricksConfig().setHost(databricks.url().toString()).setDisableRetries(true);
    }

    JobsService jobs() {
        return client.jobs().impl();
    }

    static SubmitTask notebook(String key) {
        return new SubmitTask().setTaskKey(key)
                .setExistingClusterId("1120-123456-abc")
                .setNotebookTask(new NotebookTask().setNotebookPath("/Workspace/nightly")
                        .setBaseParameters(Map.of("day", "2026-11-20")));
    }

    static SubmitTask after(String key, String before) {
        return notebook(key).setDependsOn(List.of(new TaskDependency().setTaskKey(before)));
    }

    long submit(String token, String name, SubmitTask... tasks) {
        return jobs()
                .submit(new SubmitRun().setIdempotencyToken(token)
                        .setRunName(name)
                        .setTasks(tasks.length == 0 ? List.of(notebook("only")) : List.of(tasks)))
                .getRunId();
    }

    Run get(long id) {
        return jobs().getRun(new GetRunRequest().setRunId(id));
    }

    RunOutput output(long id) {
        return jobs().getRunOutput(new GetRunOutputRequest().setRunId(id));
    }
}
