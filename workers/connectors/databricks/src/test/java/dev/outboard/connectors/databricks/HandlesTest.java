package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.outboard.spi.Handle;
import org.junit.jupiter.api.Test;

class HandlesTest {
    @Test
    void whatIsWrittenIsRead() {
        for (var workspace : new Workspace[]{new Workspace("w.cloud.databricks.com", null),
                new Workspace("w", "MY_TOKEN")}) {
            var run = new RunHandle(workspace, 12345678901234L);
            assertEquals(run, RunHandle.read(run.write()));
            assertEquals(workspace, Workspace.of(workspace.account()));
        }
    }

    @Test
    void thePythonConnectorsMetaIsReadAndItsTokenDropped() {
        var run = RunHandle.read(
                new Handle(1, "{\"databricks_instance\": \"w\", \"run_id\": \"17\", \"auth_token\": \"dapi-secret\"}"));
        assertEquals(new RunHandle(new Workspace("w", null), 17), run);
        assertFalse(run.write().value().contains("dapi-secret"));
    }

    @Test
    void whatIsNoneIsNone() {
        for (var value : new String[]{"", "x", "[]", "{\"run_id\": \"1\"}",
                "{\"databricks_instance\": \"w\", \"run_id\": \"1; drop\"}"}) {
            assertNull(RunHandle.read(new Handle(1, value)), value);
        }
    }

    @Test
    void aNameTellsWhoseRunItIs() throws Exception {
        var request = Requests.custom("{}");
        assertEquals(new RunName.Label("here", "databricks", Requests.JOB, Requests.KEY, false),
                RunName.label(RunName.of("a [b] c", request, false)));
        assertEquals(true, RunName.label(RunName.of(null, request, true)).notebook());
        assertNull(RunName.label("nightly"));
    }
}
