package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.standalone.Cli;
import dev.outboard.standalone.Outboard;
import dev.outboard.standalone.exit.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** docs/cli.md is what the program says of itself. */
class CliDocTest {
    private static final Path ROOT = Path.of("../..");
    private static final Path DOC = ROOT.resolve("docs/cli.md");
    private static final String TOP = """
            # The command line

            <!-- Made by CliDocTest out of the program itself: change the code, then run
                 mvn -pl deploy/standalone -am -Dtest=CliDocTest -Dsurefire.failIfNoSpecifiedTests=false
                     -Doutboard.docs.write=true test -->

            `./outboard COMMAND` starts everything: the client verbs, which speak HTTP to a server that runs somewhere, and the
            server's roles. Standard output is data, standard error is for people; a failure is told in one line, with one
            next step. A progress bar and colours are shown where standard error is a terminal.

            A job is handed over with an idempotency key, a random one unless `--key` gives it, and every call is repeated
            while the server is away or asks for patience, for as long as `--patience` says. So a lost connection never makes
            a second job.

            ## Exit codes

            | code | meaning |
            |---|---|
            %s

            Of several jobs the worst counts; `wait` and `cancel` tell the order.

            ## Environment

            | variable | meaning |
            |---|---|
            | `OUTBOARD_SERVER` | where the API is; `--server` wins over it, it wins over profiles |
            | `OUTBOARD_PROFILE` | the profile to use; `--profile` wins over it |
            | `OUTBOARD_TOKEN` | the bearer token to show; wins over a profile's. It is never printed, and no option takes one: command lines are seen by others |
            | `OUTBOARD_CONFIG` | the file of the profiles |
            | `XDG_CONFIG_HOME` | the folder in which `outboard/config.json` is that file (default `~/.config`) |
            | `OUTBOARD_KAFKA` | Kafka's brokers, for the server's roles |
            | `OUTBOARD_PREFIX` | what the names of topics and groups begin with, for the server's roles |
            | `OUTBOARD_SECRET_NAME` | the secret of that name, for connectors |
            | `OUTBOARD_LOG` | `debug` shows more |
            | `OUTBOARD_LOG_FORMAT` | `json` makes the log lines of the server's roles JSON |
            | `OUTBOARD_JAVA_OPTS` | options of the JVM |
            | `NO_COLOR` | takes colours away |

            ## Profiles

            A profile is a server with a name. They are kept in a file that only its owner can read and that is replaced in
            one step:

            ```json
            {
              "current" : "prod",
              "profiles" : {
                "prod" : {
                  "server" : "https://outboard.example",
                  "token_file" : "/home/me/outboard-token"
                }
              }
            }
            ```

            A profile's token is sent to that profile's server alone: not where `--server` or `OUTBOARD_SERVER` names another.
            """;

    @Test
    void theDocIsWhatTheProgramSays() throws IOException {
        Golden.check(DOC, doc());
    }

    @Test
    void everyVariableThatIsReadIsTold() throws IOException {
        var doc = doc();
        var names = new TreeSet<String>();
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            var files = Stream.concat(sources.filter(Files::isRegularFile), Stream.of(ROOT.resolve("outboard")))
                    .toList();
            for (var file : files) {
                Pattern.compile("\\bOUTBOARD_[A-Z_]+")
                        .matcher(Files.readString(file))
                        .results()
                        .map(MatchResult::group)
                        .forEach(names::add);
            }
        }
        assertTrue(names.size() >= 5, names.toString());
        for (var name : names) {
            assertTrue(doc.contains("| `" + name), name + " is read, and not told in CliDocTest");
        }
    }

    private static String doc() {
        var exits = Stream.of(ExitCode.values())
                .map(exit -> "| " + exit.code() + " | " + exit.meaning() + " |")
                .collect(Collectors.joining("\n"));
        var parts = new ArrayList<>(List.of(TOP.formatted(exits)));
        var silent = new PrintWriter(Writer.nullWriter());
        add(parts, Outboard.commandLine(silent, silent, Cli.NOWHERE), "##");
        return String.join("\n", parts);
    }

    private static void add(List<String> parts, CommandLine command, String depth) {
        parts.add(depth + " " + command.getCommandSpec().qualifiedName() + "\n\n```\n"
                + command.getUsageMessage(Ansi.OFF).stripTrailing() + "\n```\n");
        command.getSubcommands().values().forEach(sub -> add(parts, sub, "###"));
    }
}
