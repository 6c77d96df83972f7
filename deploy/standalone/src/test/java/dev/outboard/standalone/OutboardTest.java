package dev.outboard.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutboardTest {

    @Test
    void helpHasExamplesForEveryCommand() {
        assertTrue(Cli.run("--help").out().contains("  ./outboard run -f examples/duckdb-report.json "));
        for (var command : Outboard.commandLine().getSubcommands().keySet()) {
            var help = Cli.run(command, "--help");
            assertEquals(0, help.exit());
            assertTrue(help.out().contains("\nExamples:\n  ./outboard " + command)
                    || help.out().contains("./outboard " + command + " -f - "), help.out());
            assertTrue(help.out().lines().allMatch(line -> line.length() <= 100), help.out());
        }
    }

    @Test
    void everyWrongUsageExitsWith2AndANextStep() {
        for (var args : List.of(new String[]{}, new String[]{"gte"}, new String[]{"get"}, new String[]{"run"},
                new String[]{"get", "j", "-o", "xml"}, new String[]{"get", "j", "--sevrer", "x"},
                new String[]{"broker", "--data", "d", "--port", "x"})) {
            var cli = Cli.run(args);
            assertEquals(2, cli.exit());
            assertTrue(cli.err().startsWith("error: "), cli.err());
            assertTrue(cli.next().matches("next: see ./outboard .*--help"), cli.err());
            assertEquals("", cli.out());
        }
        assertTrue(Cli.run("--version").out().startsWith("outboard "));
    }

    @Test
    void whatIsNotKnownIsNamed() {
        assertEquals("error: there is no command 'gte'", firstLine("gte"));
        assertEquals("error: there is no command 'frobnicate'", firstLine("frobnicate"));
        assertEquals("error: there is no option '--sevrer' (did you mean --server?)",
                firstLine("get", "j", "--sevrer"));
        assertEquals("error: 'k' is an argument too many", firstLine("get", "j", "k"));
    }

    private static String firstLine(String... args) {
        return Cli.run(args).err().lines().findFirst().orElse("");
    }

    /** The list of commands shows each one's first line alone. */
    @Test
    void everyCommandBeginsWithASentence() {
        Outboard.commandLine().getSubcommands().forEach((name, command) -> {
            var lines = command.getCommandSpec().usageMessage().description();
            assertTrue(lines[0].endsWith("."), name + ": " + lines[0]);
            for (var line : lines) {
                assertTrue(line.length() < 100, name + ": " + line);
            }
        });
    }

    @Test
    void whatServersCannotUseIsToldInPlainWords(@TempDir Path dir) throws Exception {
        var file = Files.createFile(dir.resolve("file")).toString();
        var data = dir.resolve("w").toString();
        for (var args : List.of(new String[]{"dev", "--port", "99999"}, new String[]{"dev", "--data", file},
                new String[]{"dev", "--cors-origin", "console.example"},
                new String[]{"api", "--kafka", "127.0.0.1:1", "--cors-origin", "https://a", "--cors-origin", "*"},
                new String[]{"api", "--kafka", "nonsense"}, new String[]{"api", "--kafka", "nobody.invalid:9092"},
                new String[]{"worker", "--kafka", "127.0.0.1:1", "--window", "1h"},
                new String[]{"worker", "--kafka", "127.0.0.1:1", "--data", data, "--set", "nonsense=1"},
                new String[]{"worker", "--kafka", "127.0.0.1:1", "--data", data, "--set",
                        "connectors.duckdb.threads=abc"})) {
            var cli = Cli.run(args);
            assertEquals(2, cli.exit(), cli.err());
            assertTrue(cli.err().matches("error: .+\nnext: .+\n"), cli.err());
            assertFalse(cli.err().matches("(?s).*(Exception|java\\.|class ).*"), cli.err());
        }
    }

    @Test
    void aBrokerThatCannotStartSaysWhy(@TempDir Path dir) throws Exception {
        Files.createFile(dir.resolve("mine"));
        var cli = Cli.run("broker", "--data", dir.toString(), "--port", "0");
        assertEquals("error: folder " + dir + " is not empty and holds no Outboard broker's data",
                cli.err().lines().findFirst().get());
        assertEquals(2, cli.exit());
    }

}
