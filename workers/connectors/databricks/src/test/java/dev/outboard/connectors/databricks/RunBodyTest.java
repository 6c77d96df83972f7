package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.CreateRequest;
import dev.outboard.support.UserFault;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunBodyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LABEL = " [outboard here databricks " + Requests.JOB + " " + Requests.KEY;

    private static JsonNode body(CreateRequest request) throws Exception {
        return JSON.readTree(JSON.writeValueAsString(RunBody.of(request).json()));
    }

    @Test
    void aClusterOfItsOwn() throws Exception {
        assertEquals(
                JSON.readTree(
                        """
                                {"run_name": "hello spark%s]", "idempotency_token": "%s",
                                 "tasks": [{
                                   "task_key": "flyte_task", "max_retries": 0,
                                   "new_cluster": {"spark_version": "13.3.x-scala2.12", "node_type_id": "m5.xlarge", "num_workers": 2,
                                     "docker_image": {"url": "registry.example.com/spark:v1"},
                                     "spark_conf": {"spark.driver.memory": "1000M", "spark.executor.instances": "2"},
                                     "spark_env_vars": {"FLYTE_INTERNAL_IMAGE": "registry.example.com/spark:v1", "FLYTE_FAIL_ON_ERROR": "true"}},
                                   "spark_python_task": {"python_file": "flytekitplugins/databricks/entrypoint.py", "source": "GIT",
                                     "parameters": ["pyflyte-fast-execute", "--additional-distribution", "s3://my-bucket/fast/abc.tar.gz",
                                       "--dest-dir", ".", "--", "pyflyte-execute", "--inputs", "s3://my-bucket/in/inputs.pb",
                                       "--output-prefix", "s3://my-bucket/out/0"]}}],
                                 "timeout_seconds": 3600,
                                 "git_source": {"git_url": "https://github.com/flyteorg/flytetools", "git_provider": "gitHub",
                                   "git_commit": "572298df1f971fb58c258398bd70a6372f811c96"},
                                 "queue": {"enabled": true}}
                                """
                                .formatted(LABEL, Requests.KEY)),
                body(Requests.example("databricks.json", _ -> Optional.empty())));
    }

    @Test
    void aServerlessNotebook() throws Exception {
        assertEquals(JSON.readTree("""
                {"run_name": "nightly%s notebook]", "idempotency_token": "%s",
                 "tasks": [{"task_key": "flyte_notebook_task", "max_retries": 0, "environment_key": "default",
                   "notebook_task": {"notebook_path": "/Workspace/Users/data@example.com/nightly",
                     "base_parameters": {"day": "2026-11-20"}}}],
                 "environments": [{"environment_key": "default", "spec": {"client": "1", "dependencies": ["pandas"],
                   "environment_vars": {"STAGE": "dev", "FLYTE_FAIL_ON_ERROR": "true"}}}],
                 "timeout_seconds": 1800,
                 "queue": {"enabled": true}}
                """.formatted(LABEL, Requests.KEY)),
                body(Requests.example("databricks-serverless-notebook.json", _ -> Optional.empty())));
    }

    @Test
    void aServerlessFileWithACredentialProvider() throws Exception {
        var body = body(Requests.custom("""
                {"databricksConf": {"environments": [{"environment_key": "other"}], "max_retries": 3},
                 "databricksServiceCredentialProvider": "cp"}"""));
        assertEquals(JSON.readTree("""
                {"python_file": "flytekitplugins/databricks/entrypoint_serverless.py", "source": "GIT",
                 "parameters": ["--flyte-credential-provider=cp"]}"""), body.at("/tasks/0/spark_python_task"));
        assertEquals(JSON.readTree("""
                [{"environment_key": "other"}, {"environment_key": "default", "spec": {"client": "1",
                  "environment_vars": {"FLYTE_FAIL_ON_ERROR": "true"}}}]"""), body.path("environments"));
        assertFalse(body.has("max_retries"));
    }

    @Test
    void anExistingClusterAndAFileOfTheUsersOwn() throws Exception {
        var body = body(Requests
                .custom("""
                        {"databricksConf": {"existing_cluster_id": "c-1", "python_file": "a/b.py", "libraries": [{"pypi": {"package": "x"}}],
                          "git_source": {"git_url": "https://example.com/r", "git_provider": "gitHub", "git_branch": "main"},
                          "queue": {"enabled": false}}}"""));
        assertEquals("c-1", body.at("/tasks/0/existing_cluster_id").asText());
        assertFalse(body.at("/tasks/0").has("new_cluster"));
        assertEquals("x", body.at("/tasks/0/libraries/0/pypi/package").asText());
        assertEquals("a/b.py", body.at("/tasks/0/spark_python_task/python_file").asText());
        assertEquals("main", body.at("/git_source/git_branch").asText());
        assertFalse(body.at("/queue/enabled").asBoolean(true));
    }

    @Test
    void theFlyte2Form() throws Exception {
        var body = body(Requests.custom("""
                {"databricksConf": {"new_cluster": {"num_workers": "4", "spark_env_vars": {"A": "b"}}},
                 "secrets": {"databricks_token": "MY_TOKEN"}}"""));
        assertEquals("flyteplugins/databricks/entrypoint.py",
                body.at("/tasks/0/spark_python_task/python_file").asText());
        assertEquals("194364210c47c49ce66c419e8fb68d6f9c06fd7e", body.at("/git_source/git_commit").asText());
        assertEquals(JSON.readTree("{\"A\": \"b\"}"), body.at("/tasks/0/new_cluster/spark_env_vars"));
        assertEquals("4", body.at("/tasks/0/new_cluster/num_workers").textValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{} | /template/custom/databricksConf | MissingField",
            "{\"databricksConf\": {\"run_name\": \"x\"}} | /template/custom/databricksConf | MissingField",
            "{\"databricksConf\": 3} | /template/custom/databricksConf | WrongType",
            "{\"databricksConf\": {\"new_cluster\": \"x\"}} | /template/custom/databricksConf/new_cluster | WrongType",
            "{\"databricksConf\": {\"environments\": [1]}} | /template/custom/databricksConf/environments | WrongType",
            "{\"databricksConf\": {\"environments\": [{\"environment_key\": \"default\", \"spec\": 1}]}}"
                    + " | /template/custom/databricksConf/environments/0/spec | WrongType",
            "{\"databricksConf\": {\"existing_cluster_id\": \"c\"}, \"notebookPath\": 1} | /template/custom/notebookPath | WrongType"})
    void whatCannotBeRunIsPointedAt(String custom, String pointer, String code) throws Exception {
        var error = assertThrows(UserFault.class, () -> RunBody.of(Requests.custom(custom))).error();
        assertEquals(pointer, error.pointer());
        assertEquals(code, error.code());
    }
}
