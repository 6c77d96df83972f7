package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.standalone.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

    /** As bash itself would complete what is typed so far. */
    @Test
    void bashCompletesVerbsOptionsAndStates(@TempDir Path dir) throws Exception {
        var script = Files.writeString(dir.resolve("completion"), Cli.run("completion", "bash").out());
        assertTrue(completions(script, "outboard", "can").contains("cancel"));
        assertTrue(completions(script, "outboard", "wait", "--ti").contains("--timeout"));
        assertEquals(List.of("FAILED"), completions(script, "outboard", "list", "--state", "FA"));
        assertTrue(completions(script, "outboard", "config", "set").contains("set-profile"));
    }

    @Test
    void zshIsToldToUnderstandIt() {
        var script = Cli.run("completion", "zsh").out();
        assertTrue(script.contains("bashcompinit"), "no word of zsh");
        assertEquals(script, Cli.run("completion", "bash").out());
        assertEquals(2, Cli.run("completion", "fish").exit());
    }

    private static List<String> completions(Path script, String... words) throws Exception {
        var call = "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _complete_outboard; "
                + "printf '%s\\n' \"${COMPREPLY[@]}\"";
        var command = new ArrayList<>(List.of("bash", "-c", call, "bash", script.toString()));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), said);
        return said.lines().map(String::strip).toList();
    }
}
