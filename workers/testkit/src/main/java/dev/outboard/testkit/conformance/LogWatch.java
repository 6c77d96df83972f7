package dev.outboard.testkit.conformance;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/** Takes every log record from FINE on, of all loggers of the JVM, and keeps the console as quiet as it was. */
final class LogWatch extends Handler implements AutoCloseable {
    /** They print whole requests, and do so only for who turns them on by name: it is what he asked for. */
    private static final Set<String> WIRE = Set.of("org.apache.http.wire", "org.apache.http.headers",
            "org.apache.hc.client5.http.wire", "org.apache.hc.client5.http.headers", "sun.net.www.protocol.http");

    private final Evidence evidence;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Map<Logger, @Nullable Level> levels = new HashMap<>();
    private final Map<Handler, Level> handlers = new HashMap<>();
    private final Logger root = Logger.getLogger("");

    LogWatch(Evidence evidence) {
        this.evidence = evidence;
        setLevel(Level.FINE);
        for (var handler : root.getHandlers()) {
            handlers.put(handler, handler.getLevel());
            if (handler.getLevel().intValue() < Level.WARNING.intValue()) {
                handler.setLevel(Level.WARNING);
            }
        }
        var names = LogManager.getLogManager().getLoggerNames().asIterator();
        while (names.hasNext()) {
            var logger = LogManager.getLogManager().getLogger(names.next());
            if (logger != null && (logger == root || logger.getLevel() != null)
                    && !WIRE.stream().anyMatch(logger.getName()::startsWith)) {
                levels.put(logger, logger.getLevel());
                logger.setLevel(Level.FINE);
            }
        }
        root.addHandler(this);
    }

    @Override
    public void publish(LogRecord record) {
        var name = record.getLoggerName();
        if (!isLoggable(record) || name != null && WIRE.stream().anyMatch(name::startsWith)) {
            return;
        }
        evidence.add("a log record of " + name, formatter.formatMessage(record));
        var thrown = record.getThrown();
        if (thrown != null) {
            evidence.add("a log record of " + name, thrown);
        }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        root.removeHandler(this);
        levels.forEach(Logger::setLevel);
        handlers.forEach(Handler::setLevel);
    }
}
