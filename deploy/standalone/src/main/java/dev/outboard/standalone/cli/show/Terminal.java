package dev.outboard.standalone.cli.show;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What standard error is connected to. Java tells only of standard input and output together, so the start script looks and
 * passes the width on; without it there is none.
 *
 * @param columns its width, or 0 where lines cannot be rewritten
 * @param colours whether it shows colours and the user has not declined them
 */
public record Terminal(int columns, boolean colours) {
    public static final String COLUMNS_PROPERTY = "outboard.terminal.columns";
    /** No terminal, or none that can rewrite a line. */
    public static final Terminal NONE = new Terminal(0, false);

    private static final int MIN_COLUMNS = 20;

    /**
     * @param columns what the start script found, or null
     */
    public static Terminal detect(@Nullable String columns, Map<String, String> environment) {
        if (columns == null || !columns.matches("\\d{1,4}") || "dumb".equals(environment.get("TERM"))) {
            return NONE;
        }
        var noColour = environment.getOrDefault("NO_COLOR", "");
        return new Terminal(Math.max(MIN_COLUMNS, Integer.parseInt(columns)), noColour.isEmpty());
    }
}
