package dev.outboard.standalone.log;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import org.jspecify.annotations.Nullable;

/** One line a record: time, level, short logger name, message. A cause is told in the line, its frames only at FINE. */
public final class LineFormatter extends Formatter {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS")
            .withZone(ZoneId.systemDefault());
    private static final int MAX_CAUSES = 5;

    @Override
    public String format(LogRecord record) {
        var line = new StringBuilder(TIME.format(record.getInstant()));
        line.append(' ').append(level(record)).append(' ').append(shortName(record.getLoggerName())).append(": ");
        line.append(formatMessage(record).strip().replaceAll("\\R\\s*", " | "));
        causes(record.getThrown(), line);
        line.append(System.lineSeparator());
        if (record.getThrown() != null && LogSetup.debug()) {
            for (var frame : record.getThrown().getStackTrace()) {
                line.append("    at ").append(frame).append(System.lineSeparator());
            }
        }
        return line.toString();
    }

    private static void causes(@Nullable Throwable thrown, StringBuilder line) {
        var cause = thrown;
        for (var depth = 0; cause != null && depth < MAX_CAUSES; depth++, cause = cause.getCause()) {
            line.append(": ").append(cause.toString().replaceAll("\\R\\s*", " | "));
        }
    }

    private static String level(LogRecord record) {
        var level = record.getLevel().intValue();
        if (level >= 1000) {
            return "ERROR";
        }
        if (level >= 900) {
            return "WARN ";
        }
        return level >= 800 ? "INFO " : "DEBUG";
    }

    private static String shortName(@Nullable String name) {
        return name == null ? "-" : name.substring(name.lastIndexOf('.') + 1);
    }
}
