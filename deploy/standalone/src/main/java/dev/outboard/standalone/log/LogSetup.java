package dev.outboard.standalone.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Properties;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/**
 * Reads {@code logging.properties} from the class path and raises it where {@code OUTBOARD_LOG=debug}.
 *
 * <p>
 * The logging system makes one of these when the first logger is asked for, so client verbs, which ask for none, pay
 * nothing; and Helidon, which would read the same file again, leaves the logging alone that a class has configured.
 */
public final class LogSetup {
    private static final String CLASS_PROPERTY = "java.util.logging.config.class";

    /** Called by the logging system. */
    public LogSetup() throws IOException {
        var settings = new Properties();
        try (var file = LogSetup.class.getResourceAsStream("/logging.properties")) {
            settings.load(file);
        }
        if (debug()) {
            settings.setProperty("dev.outboard.level", "FINE");
            settings.setProperty("org.apache.kafka.clients.NetworkClient.level", "WARNING");
        }
        var bytes = new ByteArrayOutputStream();
        settings.store(bytes, null);
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(bytes.toByteArray()));
    }

    /** Makes the logging system use this class, unless the caller of the JVM chose a configuration of his own. */
    public static void install() {
        if (System.getProperty("java.util.logging.config.file") == null && System.getProperty(CLASS_PROPERTY) == null) {
            System.setProperty(CLASS_PROPERTY, LogSetup.class.getName());
        }
    }

    /** Writes JSON from now on. */
    public static void useJson() {
        for (var handler : Logger.getLogger("").getHandlers()) {
            handler.setFormatter(new JsonFormatter());
        }
    }

    public static boolean debug() {
        return "debug".equalsIgnoreCase(System.getenv("OUTBOARD_LOG"));
    }
}
