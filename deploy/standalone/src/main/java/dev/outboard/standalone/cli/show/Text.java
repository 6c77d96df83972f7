package dev.outboard.standalone.cli.show;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes others' words fit for a terminal: what a platform says may hold anything, escape sequences too. */
public final class Text {
    private Text() {}

    /** Without line breaks and control characters. */
    public static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "").strip();
    }

    /** The lines, without control characters; at least one. */
    public static List<String> lines(String text) {
        var lines = text.lines().map(line -> line.replaceAll("\\p{Cntrl}", "").stripTrailing()).toList();
        return lines.isEmpty() ? List.of("no message") : lines;
    }

    /** One line, or a dash where there is nothing, so that columns stay columns. */
    public static String orDash(@Nullable Object value) {
        var text = oneLine(Objects.requireNonNullElse(value, "").toString());
        return text.isEmpty() ? "-" : text;
    }
}
