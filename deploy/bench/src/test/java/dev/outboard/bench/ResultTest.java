package dev.outboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.outboard.bench.Result.Goal;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultTest {
    private static final List<Result> RESULTS = List.of(
            new Result("poll.terminal", 40_000, 50_000, Result.PER_SECOND, Goal.atLeast(0.7)),
            new Result("create.ack.p50", 0.5, 0.125, Result.MILLIS, Goal.atMost(3.25)),
            new Result("rss.api", 150.4, 100, Result.MEBIBYTES, null));

    @Test
    void aGoalIsMetUpToItsBound() {
        assertEquals(true, new Result("a", 7, 10, "", Goal.atLeast(0.7)).met());
        assertEquals(false, new Result("a", 6.9, 10, "", Goal.atLeast(0.7)).met());
        assertEquals(true, new Result("a", 5, 1, "", Goal.atMost(5)).met());
        assertEquals(false, new Result("a", 5.1, 1, "", Goal.atMost(5)).met());
        assertNull(new Result("a", 5, 1, "", null).met());
    }

    @Test
    void theTableHasRatiosFirst() {
        var out = new StringWriter();
        Report.print(RESULTS, new PrintWriter(out));
        assertEquals("""
                name            ratio      goal  met  value  baseline  unit
                poll.terminal   0.800  >= 0.700  yes  40000     50000  /s
                create.ack.p50   4.00   <= 3.25   no  0.500     0.125  ms
                rss.api          1.50         -    -    150       100  MiB
                """, out.toString());
    }

    @Test
    void programsGetTheSame(@TempDir Path dir) throws Exception {
        var file = dir.resolve("bench.json");
        Report.write(RESULTS, file);
        assertEquals(
                "[{\"name\":\"poll.terminal\",\"ratio\":0.8,\"goal\":0.7,\"met\":true,\"value\":40000.0,\"unit\":\"/s\","
                        + "\"baseline\":50000.0},"
                        + "{\"name\":\"create.ack.p50\",\"ratio\":4.0,\"goal\":3.25,\"met\":false,\"value\":0.5,\"unit\":\"ms\","
                        + "\"baseline\":0.125},"
                        + "{\"name\":\"rss.api\",\"ratio\":1.504,\"goal\":null,\"met\":null,\"value\":150.4,\"unit\":\"MiB\","
                        + "\"baseline\":100.0}]",
                Files.readString(file).replaceAll("\\s", ""));
    }

    @Test
    void aMissedGoalIsNoFailureUnlessOneWantsItToBe() {
        var err = new StringWriter();
        assertEquals(0, BenchVerb.exit(RESULTS, false, new PrintWriter(err)));
        assertEquals("missed: create.ack.p50\n", err.toString());
        assertEquals(1, BenchVerb.exit(RESULTS, true, new PrintWriter(err)));
        assertEquals(0, BenchVerb.exit(List.of(RESULTS.getFirst()), true, new PrintWriter(err)));
    }
}
