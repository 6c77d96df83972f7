package dev.outboard.standalone.cli;

import dev.outboard.standalone.cli.show.Terminal;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command finds around it.
 *
 * @param in standard input
 * @param terminal what standard error is connected to
 */
public record Surroundings(Map<String, String> environment, InstantSource clock, InputStream in, Terminal terminal) {

    /** Those of this process. */
    public static Surroundings ofProcess() {
        var environment = System.getenv();
        return new Surroundings(environment, InstantSource.system(), System.in,
                Terminal.detect(System.getProperty(Terminal.COLUMNS_PROPERTY), environment));
    }
}
