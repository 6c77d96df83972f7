package dev.outboard.standalone.log;

import java.io.PrintWriter;
import java.io.Writer;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/** Takes lines that are meant for people and writes each as a log record in JSON, so that a machine can read all of it. */
public final class JsonLines extends Writer {
    private final PrintWriter to;
    private final JsonFormatter formatter = new JsonFormatter();
    private final StringBuilder line = new StringBuilder();

    public JsonLines(PrintWriter to) {
        this.to = to;
    }

    @Override
    public void write(char[] chars, int from, int count) {
        synchronized (lock) {
            for (int i = from; i < from + count; i++) {
                if (chars[i] == '\n') {
                    end();
                } else if (chars[i] != '\r') {
                    line.append(chars[i]);
                }
            }
        }
    }

    private void end() {
        var text = line.toString();
        line.setLength(0);
        if (!text.isBlank()) {
            var record = new LogRecord(level(text), text);
            record.setLoggerName("outboard");
            to.print(formatter.format(record));
            to.flush();
        }
    }

    private static Level level(String text) {
        if (text.startsWith("error: ")) {
            return Level.SEVERE;
        }
        return text.startsWith("WARNING: ") ? Level.WARNING : Level.INFO;
    }

    /** A line is written once it is whole. */
    @Override
    public void flush() {}

    /** What comes last without an end of line is a line too. */
    @Override
    public void close() {
        synchronized (lock) {
            end();
        }
    }
}
