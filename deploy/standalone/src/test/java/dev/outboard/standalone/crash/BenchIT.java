package dev.outboard.standalone.crash;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.standalone.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The benchmark at its smallest: every figure is there, and nothing stays behind. */
class BenchIT {
    private static final List<String> NAMES = List.of("poll.terminal", "poll.terminal.p50", "poll.position",
            "poll.position.p50", "poll.barrier", "poll.barrier.p50", "create.per-second", "create.keyed.per-second",
            "create.to-connector.p50", "create.to-connector.p99", "create.ack.p50", "create.ack.p99",
            "create.keyed.ack.p50", "create.keyed.ack.p99", "http.hop.p50", "rss.api", "rss.worker");

    @TempDir
    Path dir;

    @Test
    void everyFigureIsTakenAndNothingIsLeft() throws Exception {
        var processes = ProcessHandle.current().descendants().toList();
        var temp = Path.of(System.getProperty("java.io.tmpdir"));
        var folders = folders(temp);
        var file = dir.resolve("bench.json");
        var cli = Cli.run("bench", "--partitions", "8", "--rounds", "1", "--slice", "PT0.1S", "--idle", "PT0S",
                "--strict", "--json",
                file.toString());
        var names = new ArrayList<String>();
        boolean missed = false;
        for (var figure : new ObjectMapper().readTree(file.toFile())) {
            names.add(figure.path("name").asText());
            for (var member : List.of("ratio", "value", "baseline")) {
                double number = figure.path(member).asDouble();
                assertTrue(Double.isFinite(number) && number > 0, figure.toString());
            }
            missed |= figure.path("met").isBoolean() && !figure.path("met").asBoolean();
        }
        assertEquals(NAMES, names, cli.err());
        assertEquals(missed ? 1 : 0, cli.exit(), cli.err());
        NAMES.forEach(name -> assertTrue(cli.out().contains("\n" + name + " "), cli.out()));
        assertEquals(processes, ProcessHandle.current().descendants().toList());
        assertEquals(folders, folders(temp));
    }

    @Test
    void ctrlCEndsEverything() throws Exception {
        try (var bench = Role.start(dir, "bench", "--only", "poll.terminal")) {
            bench.said("(starting)");
            // the benchmark, a broker, a worker and an API
            var processes = await().atMost(Duration.ofSeconds(60))
                    .until(() -> ProcessHandle.current().descendants().toList(), found -> found.size() >= 4);
            assertEquals(1, folders(dir).size());
            assertEquals(130, bench.interrupt());
            await().until(() -> processes.stream().noneMatch(ProcessHandle::isAlive));
            assertEquals(List.of(), folders(dir));
            assertTrue(!bench.output().contains("error"), bench.output());
        }
    }

    @Test
    void aNameThatThereIsNotIsToldWithThoseThereAre() {
        var cli = Cli.run("bench", "--only", "pole");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().startsWith("error: there is no figure 'pole'; there are poll.terminal, "), cli.err());
    }

    private static List<Path> folders(Path in) throws IOException {
        try (var files = Files.list(in)) {
            return files.filter(file -> file.getFileName().toString().startsWith("outboard-bench-")).sorted().toList();
        }
    }
}
