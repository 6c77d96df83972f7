package dev.outboard.connectors.databricks;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.databricks.sdk.WorkspaceClient;
import com.databricks.sdk.core.DatabricksConfig;
import com.databricks.sdk.core.PatCredentialsProvider;
import com.databricks.sdk.service.jobs.Source;
import com.databricks.sdk.service.jobs.SparkPythonTask;
import com.databricks.sdk.service.jobs.SubmitRun;
import com.databricks.sdk.service.jobs.SubmitTask;
import dev.outboard.spi.CreateResult;
import dev.outboard.testkit.databricks.DatabricksSimulator;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a create costs above the vendor's own call. */
class OverheadTest {
    private static final int WARM = 60;
    private static final int CALLS = 150;
    private static final double MOST_MS = 5;

    @Test
    void aCreateAddsLittleToTheVendorsCall() throws Exception {
        try (var bench = new Bench()) {
            bench.databricks.hold();
            var config = new DatabricksConfig().setHost(bench.databricks.url().toString())
                    .setAuthType("pat")
                    .setToken(bench.databricks.secrets().get(DatabricksSimulator.SECRET))
                    .setCredentialsProvider(new PatCredentialsProvider())
                    .setDisableRetries(true);
            var jobs = new WorkspaceClient(config).jobs();
            var vendors = new long[CALLS];
            var ours = new long[CALLS];
            // by turns, so that whatever the machine does meets both
            for (int i = -WARM; i < CALLS; i++) {
                var request = bench.small();
                long begun = System.nanoTime();
                jobs.submit(new SubmitRun().setRunName("raw")
                        .setIdempotencyToken("raw" + i)
                        .setTasks(List.of(new SubmitTask().setTaskKey("t")
                                .setExistingClusterId("c-1")
                                .setSparkPythonTask(
                                        new SparkPythonTask().setPythonFile("a.py").setSource(Source.WORKSPACE)))));
                long between = System.nanoTime();
                var created = bench.connector.create(request);
                long end = System.nanoTime();
                assertInstanceOf(CreateResult.Created.class, created);
                if (i >= 0) {
                    vendors[i] = between - begun;
                    ours[i] = end - between;
                }
            }
            double difference = median(ours) - median(vendors);
            System.out.printf(Locale.ROOT,
                    "create p50: the vendor's call %.2f ms, the connector %.2f ms, more %.2f ms%n",
                    median(vendors), median(ours), difference);
            assertTrue(difference <= MOST_MS, difference + " ms more than the vendor's own call");
        }
    }

    private static double median(long[] nanos) {
        Arrays.sort(nanos);
        return nanos[nanos.length / 2] / 1e6;
    }
}
