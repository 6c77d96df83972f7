package dev.outboard.standalone.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.standalone.Cli;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The short form of {@code ./outboard staleness}: a worker that takes over, a small budget, and no change unseen. */
class StalenessIT {

    @Test
    void changesOnACrowdedAccountAreSeenInTime() throws Exception {
        var processes = ProcessHandle.current().descendants().toList();
        var cli = Cli.run("staleness", "--jobs", "400", "--for", "PT10S", "--platform", "changes");
        assertEquals(0, cli.exit(), cli.err() + cli.out());
        for (var row : List.of("staleness", "cancels", "requests", "cost", "worker")) {
            assertTrue(cli.out().contains("\n" + row + " "), row + " in " + cli.out());
        }
        assertTrue(cli.out().contains(" 0 answered 429"), cli.out());
        assertEquals(processes, ProcessHandle.current().descendants().toList());
    }

    @Test
    void whatCannotBeMeasuredIsTold() throws Exception {
        var cli = Cli.run("staleness", "--rate", "1");
        assertEquals(2, cli.exit());
        assertTrue(cli.err().startsWith("error: --rate must be 4.0 or more, not 1.0"), cli.err());
    }
}
