package dev.outboard.standalone.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class FormattersTest {
    private static final String ID = "jaaaaaaaaaaaaqaaaaaaaaaaaae";

    @Test
    void aRecordIsOneLine() {
        var line = new LineFormatter().format(record("j1"));
        assertTrue(line.matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  Lane: job j1: \\| lost: "
                + "java.lang.IllegalStateException: a \\| b: java.lang.RuntimeException: c\\R"), line);
        assertFalse(line.contains("\tat "));
    }

    @Test
    void aRecordIsOneJsonObject() throws Exception {
        var record = record(ID);
        var line = new JsonFormatter().format(record);
        assertEquals(1, line.lines().count(), line);
        assertTrue(line.endsWith("\n"));
        var json = new ObjectMapper().readTree(line);
        assertEquals(record.getInstant(), Instant.parse(json.path("time").asText()));
        assertEquals("WARN", json.path("level").asText());
        assertEquals("dev.outboard.lane.Lane", json.path("logger").asText());
        assertEquals(Thread.currentThread().getName(), json.path("thread").asText());
        assertEquals("job " + ID + ":\n  lost \"x\" \u0001é", json.path("message").asText());
        assertEquals(ID, json.path("job_id").asText());
        var exception = json.path("exception").asText();
        assertTrue(exception.contains("IllegalStateException: a\nb") && exception.contains("\tat ")
                && exception.contains("Caused by: java.lang.RuntimeException: c"), exception);
    }

    @Test
    void onlyAWholeJobIdIsOne() throws Exception {
        for (var text : List.of("job j1", "x" + ID, ID + "a", ID.toUpperCase(), "just judge")) {
            assertTrue(json(text).path("job_id").isMissingNode(), text);
        }
        assertEquals(ID, json("the call " + ID + " CREATE took 3 ms").path("job_id").asText());
        assertTrue(json("x").path("exception").isMissingNode());
    }

    @Test
    void linesForPeopleBecomeRecords() throws Exception {
        var written = new StringWriter();
        var err = new PrintWriter(new JsonLines(new PrintWriter(written)), true);
        err.println("next: ./outboard \"run\"");
        err.print("error: ");
        err.printf("no %s%n%n", "port");
        var lines = written.toString().lines().toList();
        assertEquals(2, lines.size(), lines.toString());
        assertEquals("next: ./outboard \"run\"", new ObjectMapper().readTree(lines.get(0)).path("message").asText());
        assertEquals("INFO", new ObjectMapper().readTree(lines.get(0)).path("level").asText());
        assertEquals("error: no port", new ObjectMapper().readTree(lines.get(1)).path("message").asText());
        assertEquals("ERROR", new ObjectMapper().readTree(lines.get(1)).path("level").asText());
    }

    private static JsonNode json(String message) throws Exception {
        return new ObjectMapper().readTree(new JsonFormatter().format(new LogRecord(Level.INFO, message)));
    }

    private static LogRecord record(String id) {
        var record = new LogRecord(Level.WARNING, "job {0}:\n  lost" + (id.equals(ID) ? " \"x\" \u0001é" : ""));
        record.setLoggerName("dev.outboard.lane.Lane");
        record.setParameters(new Object[]{id});
        record.setThrown(new IllegalStateException("a\nb", new RuntimeException("c")));
        return record;
    }
}
