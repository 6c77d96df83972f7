package dev.outboard.standalone.cli.show;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outboard.client.Job;
import dev.outboard.client.JobState;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final StringWriter text = new StringWriter();

    private static Job job(String state, Double progress, String message) {
        var json = JsonNodeFactory.instance.objectNode()
                .put("state", state)
                .put("progress", progress)
                .put("message", message);
        return new Job("j1", JobState.valueOf(state), null, json);
    }

    @Test
    void oneLineIsRewrittenOnATerminal() {
        var progress = new BarProgress(new PrintWriter(text), new Terminal(60, false), () -> 0);
        progress.line("job j1");
        progress.show(job("RUNNING", 0.5, "a message that is much too long for it"));
        progress.line("the server is away");
        progress.show(job("SUCCEEDED", 1.0, "told elsewhere"));
        progress.end();
        progress.end();
        var running = "RUNNING  ████████████░░░░░░░░░░░░ 50 %  0.0 s  a message t…";
        assertEquals(59, running.length());
        assertEquals("job j1\n\r\u001b[K" + running + "\r\u001b[Kthe server is away\n" + running
                + "\r\u001b[KSUCCEEDED  0.0 s\n", text.toString());
    }

    @Test
    void theTimeGoesOnWhileNothingChanges() {
        var times = List.of(0L, 0L, 2_000_000_000L).iterator();
        var progress = new BarProgress(new PrintWriter(text), new Terminal(60, false), times::next);
        progress.tick();
        progress.show(job("RUNNING", null, null));
        progress.tick();
        assertEquals("\r\u001b[KRUNNING  0.0 s\r\u001b[KRUNNING  2.0 s", text.toString());
    }

    @Test
    void coloursAreForThoseWhoWantThem() {
        new BarProgress(new PrintWriter(text), new Terminal(60, true), () -> 0).show(job("FAILED", null, null));
        assertEquals("\r\u001b[K\u001b[31mFAILED\u001b[0m  0.0 s", text.toString());
    }

    @Test
    void aLineAChangeElsewhere() {
        var progress = Progress.on(new PrintWriter(text), Terminal.NONE);
        progress.show(job("RUNNING", 0.1, null));
        progress.show(job("RUNNING", 0.101, null));
        progress.show(job("RUNNING", 7.0, "done"));
        progress.show(job("FAILED", 0.5, "Parser Error"));
        progress.end();
        assertEquals("RUNNING  10 %\nRUNNING  100 %  done\nFAILED\n", text.toString());
    }

    @Test
    void theTerminalIsWhatTheStartScriptSaw() {
        assertEquals(new Terminal(90, true), Terminal.detect("90", Map.of()));
        assertEquals(new Terminal(90, false), Terminal.detect("90", Map.of("NO_COLOR", "1")));
        assertEquals(new Terminal(20, true), Terminal.detect("3", Map.of("NO_COLOR", "")));
        assertEquals(Terminal.NONE, Terminal.detect(null, Map.of()));
        assertEquals(Terminal.NONE, Terminal.detect("90", Map.of("TERM", "dumb")));
    }
}
