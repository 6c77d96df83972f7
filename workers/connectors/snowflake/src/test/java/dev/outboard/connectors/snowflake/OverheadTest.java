package dev.outboard.connectors.snowflake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a create costs above the bare request. */
class OverheadTest {
    private static final int ROUNDS = 300;

    @Test
    void aCreateCostsLittleMoreThanItsRequest() throws Exception {
        try (var bench = new Bench(); var client = HttpClient.newHttpClient()) {
            bench.snowflake.hold();
            var settings = SnowflakeSettings.of(bench.snowflake.settings());
            var sample = bench.request("SELECT %(a)s", Map.of("a", 1L));
            var job = Job.of(sample, settings);
            var body = Bodies.of(job.meta(), job.query());
            body.put("parameters", Map.of("query_tag", Tag.of(sample, job.meta())));
            var token = new Tokens(bench.clock).token(job.meta(), settings.login(job.meta()), bench::secret, "");
            var bare = HttpRequest
                    .newBuilder(URI.create(bench.snowflake.url() + "/api/v2/statements?async=true&requestId="
                            + Creation.requestId(sample)))
                    .header("Authorization", "Bearer " + token.value())
                    .header("X-Snowflake-Authorization-Token-Type", token.type())
                    .header("Content-Type", "application/json")
                    .header("User-Agent", "bare/1.0")
                    .POST(BodyPublishers.ofString(Meta.written(body)))
                    .build();
            var ours = new long[ROUNDS];
            var theirs = new long[ROUNDS];
            for (int i = -ROUNDS / 3; i < ROUNDS; i++) {
                var request = bench.request("SELECT %(a)s", Map.of("a", 1L));
                long begun = System.nanoTime();
                bench.create(request);
                long between = System.nanoTime();
                assertEquals(202, client.send(bare, BodyHandlers.ofString()).statusCode());
                long ended = System.nanoTime();
                if (i >= 0) {
                    ours[i] = between - begun;
                    theirs[i] = ended - between;
                }
            }
            Arrays.sort(ours);
            Arrays.sort(theirs);
            double above = (ours[ROUNDS / 2] - theirs[ROUNDS / 2]) / 1e6;
            System.out.printf("create p50 %.3f ms, the bare request %.3f ms%n", ours[ROUNDS / 2] / 1e6,
                    theirs[ROUNDS / 2] / 1e6);
            assertTrue(above <= 5, "a create costs " + above + " ms more than its request");
        }
    }
}
