package dev.outboard.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.standalone.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The crash test in its short form: three brokers, two APIs and three workers, each role killed, and the promise holds. */
class CrashIT {
    @TempDir
    Path dir;

    @Test
    void nothingIsLostOrDoubledWhateverIsKilled() throws Exception {
        var processes = ProcessHandle.current().descendants().toList();
        var folders = folders();
        var file = dir.resolve("crash.json");
        var cli = Cli.run("crash", "--jobs", "300", "--seed", "20261120", "--json", file.toString());
        assertEquals(0, cli.exit(), cli.out() + cli.err());
        var result = new ObjectMapper().readTree(file.toFile());
        assertTrue(result.path("good").asBoolean(), result.toString());
        assertEquals(300, result.path("acknowledged").asInt());
        assertEquals("[]", result.path("missed").toString());
        result.path("findings").forEach(finding -> assertEquals(0, finding.asInt(), result.toString()));
        for (var done : List.of("workers_killed", "apis_killed", "brokers_killed",
                "workers_paused_beyond_their_session", "creates_whose_reply_was_lost_after_the_effect",
                "cancels_while_submitting", "creates_repeated_on_the_other_replica",
                "operations_checked_to_be_linearizable")) {
            assertTrue(result.path("done").path(done).asInt() > 0, done + " in " + result);
        }
        // so short a run may have a broker killed shortly before each worker
        assertTrue(Stream.of("takeover_after_kill", "takeover_with_broker_killed")
                .anyMatch(of -> result.path(of).path("p50_seconds").asDouble() > 0), result.toString());
        assertEquals(processes, ProcessHandle.current().descendants().toList());
        assertEquals(folders, folders());
    }

    @Test
    void whatCannotBeIsToldBeforeAnythingStarts() {
        var cli = Cli.run("crash", "--jobs", "0");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().startsWith("error: --jobs must be 1 to 1000000, is 0"), cli.err());
    }

    private static List<Path> folders() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("outboard-crash-")).sorted().toList();
        }
    }
}
