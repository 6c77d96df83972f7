package dev.outboard.standalone.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.standalone.Cli;
import dev.outboard.standalone.Outboard;
import dev.outboard.standalone.roles.Stack;
import dev.outboard.standalone.simulate.Simulations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README tells people to type, in its order. */
class ReadmeIT {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final String README_URL = "http://127.0.0.1:8080";
    private static final Set<String> CLIENT_VERBS = Set.of("run", "create", "get", "list", "wait", "cancel", "describe",
            "task-types");
    private static final Pattern SH_BLOCK = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final Pattern COMMAND = Pattern.compile("\\./outboard ([a-z][a-z-]*)([^`\\n]*)");
    private static final Pattern OPTION = Pattern.compile("(?<![\\w-])--[a-z][a-z-]*");
    private static final Pattern CODE = Pattern.compile("`[^`\\n]+`");

    private static final Pattern EVENT = Pattern.compile("(?m)^event: (.+)$");
    private static final Pattern LISTENER = Pattern.compile("addEventListener\\('([^']+)'");

    private String job = "";

    @Test
    void whatItTellsToTypeWorks(@TempDir Path dir) throws Exception {
        var lines = shellLines();
        try (var simulations = Simulations.start(List.of("bigquery", "databricks", "snowflake"));
                var stack = start(dir, simulations)) {
            stack.awaitReady(new PrintWriter(Writer.nullWriter()));
            for (var line : lines) {
                if (line.startsWith("curl ")) {
                    curl(line.replace(README_URL, stack.url()));
                } else if (line.startsWith("./outboard ")) {
                    outboard(words(line).subList(1, words(line).size()), stack.url());
                } else if (line.startsWith("mvn -pl ")) {
                    simulation(line);
                } else {
                    assertEquals("mvn verify", line, "a command that this test does not know");
                }
            }
        }
        assertFalse(job.isEmpty(), "no curl line of the README made a job");
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("./outboard run ")), lines.toString());
    }

    /** As {@code dev --simulate} does, which the README tells for the platforms' examples. */
    private static Stack start(Path dir, Simulations simulations) {
        var secrets = dir.resolve("secrets");
        simulations.writeSecrets(secrets);
        return Stack.start(dir, 0, simulations.settings(Map.of()),
                List.of(Path.of("target/outboard/plugins").toAbsolutePath()), secrets);
    }

    /** It would take half an hour: enough that what it names is there, and is what the build itself runs. */
    private static void simulation(String line) throws IOException {
        var named = Pattern.compile("-pl (\\S+) .* -Dtest=(\\w+)#(\\w+) .*-D(sim\\.seeds)=\\d+").matcher(line);
        assertTrue(named.find(), line);
        try (var files = Files.walk(Path.of("../..", named.group(1), "src/test/java"))) {
            var file = files.filter(f -> f.endsWith(named.group(2) + ".java")).findFirst().orElseThrow();
            var source = Files.readString(file);
            assertTrue(source.contains("void " + named.group(3) + "()"), named.group(3));
            assertTrue(source.contains(named.group(4)), named.group(4));
        }
    }

    @Test
    void everyOptionThatItNamesExists() throws IOException {
        var commands = Outboard.commandLine().getSubcommands();
        var mentions = COMMAND.matcher(readme());
        while (mentions.find()) {
            var command = commands.get(mentions.group(1));
            assertTrue(command != null, "there is no " + mentions.group());
            // also those in the comment behind it
            options(mentions.group(2)).forEach(option -> assertTrue(command.getCommandSpec().findOption(option) != null,
                    option + " in " + mentions.group()));
        }
        var code = CODE.matcher(SH_BLOCK.matcher(readme()).replaceAll(""));
        while (code.find()) {
            options(code.group()).filter(option -> !option.equals("--help"))
                    .forEach(option -> assertTrue(
                            commands.values().stream().anyMatch(c -> c.getCommandSpec().findOption(option) != null),
                            option + " in " + code.group()));
        }
    }

    /** As a shell would: the answer must be JSON and no problem. */
    private void curl(String line) throws IOException, InterruptedException {
        var builder = new ProcessBuilder("sh", "-c", line).directory(ROOT.toFile());
        builder.environment().put("JOB", job);
        var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), line);
        if (line.contains("/events")) {
            events(said);
            return;
        }
        var answer = new ObjectMapper().readTree(said);
        assertTrue(answer.isObject() && !answer.has("status"), line + "\n" + said);
        job = answer.path("job_id").asText(job);
    }

    /** What a page of the README listens to is what comes. */
    private static void events(String said) throws IOException {
        var names = EVENT.matcher(said).results().map(event -> event.group(1)).toList();
        assertEquals("end", names.getLast(), said);
        var heard = LISTENER.matcher(readme()).results().map(listener -> listener.group(1)).toList();
        assertFalse(heard.isEmpty());
        assertTrue(names.containsAll(heard), heard + " of " + names);
    }

    /** Client verbs run; what starts a server is parsed only. */
    private void outboard(List<String> words, String url) {
        if (!CLIENT_VERBS.contains(words.getFirst())) {
            Outboard.commandLine().parseArgs(words.toArray(String[]::new));
            return;
        }
        var args = Stream.concat(words.stream().map(this::filled), Stream.of("--server", url)).toArray(String[]::new);
        var cli = Cli.run(args);
        assertEquals(0, cli.exit(), () -> Arrays.toString(args) + "\n" + cli.err());
        assertFalse(cli.out().isBlank(), () -> Arrays.toString(args));
    }

    private String filled(String word) {
        return word.startsWith("examples/") ? ROOT.resolve(word).toString() : word.replace("$JOB", job);
    }

    private static Stream<String> options(String text) {
        return OPTION.matcher(text).results().map(match -> match.group());
    }

    /** One a command: continued lines joined, comments gone. */
    private static List<String> shellLines() throws IOException {
        var lines = new ArrayList<String>();
        var blocks = SH_BLOCK.matcher(readme());
        while (blocks.find()) {
            blocks.group(1)
                    .replace("\\\n", " ")
                    .lines()
                    .map(line -> line.replaceFirst("\\s+# .*", "").strip())
                    .filter(line -> !line.isEmpty())
                    .forEach(lines::add);
        }
        return lines;
    }

    /** The README's CLI lines need no more of a shell than this. */
    private static List<String> words(String line) {
        return Stream.of(line.split("\\s+")).map(word -> word.replace("\"", "")).toList();
    }

    private static String readme() throws IOException {
        return Files.readString(ROOT.resolve("README.md"));
    }
}
