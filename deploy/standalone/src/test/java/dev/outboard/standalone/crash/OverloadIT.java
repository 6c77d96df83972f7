package dev.outboard.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.standalone.Cli;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./outboard overload}: real processes with small heaps, ten times what the worker takes. */
class OverloadIT {
    private static final Pattern REFUSED = Pattern.compile("refused +([1-9]\\d*) with 429.*, all with Retry-After");

    @Test
    void tenTimesWhatAWorkerTakesBreaksNoPromise() throws Exception {
        var processes = ProcessHandle.current().descendants().toList();
        // a worker that takes some 128 jobs a second by its platform, whatever else the machine does
        var cli = Cli.run("overload", "--for", "PT10S", "--call", "PT2S", "--heap", "128", "--max-live", "400",
                "--max-untaken", "150", "--partitions", "8");
        assertEquals(0, cli.exit(), cli.err() + cli.out());
        assertTrue(REFUSED.matcher(cli.out()).find(), cli.out());
        for (var row : List.of("worker takes", "offered", "accepted", "ended", "polls, idle", "polls, overload",
                "api holds", "worker holds", "broker holds")) {
            assertTrue(cli.out().contains("\n" + row + " "), row + " in " + cli.out());
        }
        assertEquals(processes, ProcessHandle.current().descendants().toList());
    }

    @Test
    void anOverloadThatCannotBeIsTold() throws Exception {
        var cli = Cli.run("overload", "--times", "0");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().startsWith("error: --times must be 1 or more, not 0"), cli.err());
    }
}
