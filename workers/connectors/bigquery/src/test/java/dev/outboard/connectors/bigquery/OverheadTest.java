package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Job;
import com.google.api.services.bigquery.model.JobConfiguration;
import com.google.api.services.bigquery.model.JobConfigurationQuery;
import com.google.api.services.bigquery.model.JobReference;
import dev.outboard.spi.CreateResult;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a create costs beyond the vendor's own call. */
class OverheadTest {
    private static final int WARM = 100;
    private static final int CALLS = 150;
    private static final double MOST_MS = 5;

    @Test
    void aCreateAddsLittleToTheVendorsCall() throws Exception {
        try (var bench = new Bench()) {
            bench.simulator.hold();
            var token = bench.simulator.accessToken();
            var raw = new Bigquery.Builder(new NetHttpTransport(), Json.FACTORY,
                    request -> request.getHeaders().setAuthorization("Bearer " + token))
                    .setRootUrl(bench.simulator.url() + "/")
                    .setApplicationName("raw")
                    .build();
            var vendors = new long[CALLS];
            var ours = new long[CALLS];
            // by turns, so that whatever the machine does meets both
            for (int i = -WARM; i < CALLS; i++) {
                long begun = System.nanoTime();
                raw.jobs()
                        .insert("flyte", new Job()
                                .setJobReference(new JobReference().setProjectId("flyte").setJobId("raw" + (i + WARM)))
                                .setConfiguration(new JobConfiguration()
                                        .setQuery(new JobConfigurationQuery().setQuery("SELECT 1")
                                                .setUseLegacySql(false))))
                        .execute();
                long between = System.nanoTime();
                var created = bench.connector.create(Requests.request(Requests.key(i + WARM), "SELECT 1"));
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
