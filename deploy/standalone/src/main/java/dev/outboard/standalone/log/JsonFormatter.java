package dev.outboard.standalone.log;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.regex.Pattern;

/**
 * One JSON object a line: time (UTC), level, logger, thread, message; {@code job_id} where the message names a job;
 * {@code exception} with the whole stack where one was thrown.
 */
public final class JsonFormatter extends Formatter {
    /** A job id as this project writes them everywhere; nothing else looks like it. */
    private static final Pattern JOB_ID = Pattern.compile("\\bj[a-z2-7]{26}\\b");
    private static final JsonFactory FACTORY = new JsonFactory();

    @Override
    public String format(LogRecord record) {
        var line = new StringWriter();
        try (var json = FACTORY.createGenerator(line)) {
            write(record, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.append('\n').toString();
    }

    private void write(LogRecord record, JsonGenerator json) throws IOException {
        var message = formatMessage(record);
        json.writeStartObject();
        json.writeStringField("time", record.getInstant().toString());
        json.writeStringField("level", level(record));
        json.writeStringField("logger", record.getLoggerName());
        // a console handler writes on the thread that logs
        var thread = Thread.currentThread();
        json.writeStringField("thread", thread.getName().isEmpty() ? "#" + thread.threadId() : thread.getName());
        json.writeStringField("message", message);
        var job = JOB_ID.matcher(message == null ? "" : message);
        if (job.find()) {
            json.writeStringField("job_id", job.group());
        }
        if (record.getThrown() != null) {
            var stack = new StringWriter();
            record.getThrown().printStackTrace(new PrintWriter(stack, true));
            json.writeStringField("exception", stack.toString());
        }
        json.writeEndObject();
    }

    private static String level(LogRecord record) {
        int level = record.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        }
        if (level >= Level.WARNING.intValue()) {
            return "WARN";
        }
        return level >= Level.INFO.intValue() ? "INFO" : "DEBUG";
    }
}
