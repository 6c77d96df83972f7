package dev.outboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void tellsWhatIsLeft() {
        assertEquals("poll (about 1:05 left)",
                Progress.line("poll", Duration.ofSeconds(5), Duration.ofMinutes(1)));
        assertEquals("poll (about 1:00 left)",
                Progress.line("poll", Duration.ofSeconds(-5), Duration.ofMinutes(1)));
    }

    @Test
    void aStepThatTookLongerDoesNotShortenTheNext() {
        var err = new StringWriter();
        var progress = new Progress(new PrintWriter(err), Duration.ofHours(3));
        progress.begin(Duration.ofHours(1));
        progress.begin(Duration.ofHours(2));
        progress.say("poll");
        assertTrue(err.toString().matches("poll \\(about (119:59|120:00) left\\)\\R"), err.toString());
    }
}
