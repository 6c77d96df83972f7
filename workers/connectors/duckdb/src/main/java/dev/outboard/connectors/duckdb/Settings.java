package dev.outboard.connectors.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The connector's settings, by the names an operator writes.
 *
 * @param threads {@code threads}: queries at a time, 1 to 256; half the cores unless given
 * @param memoryLimit {@code memory-limit}: memory of one query, as DuckDB writes sizes; 1GB unless given
 * @param spillLimit {@code spill-limit}: disk that one query may spill to; 10GB unless given
 * @param timeout {@code timeout}: how long one query may run, such as {@code 10m} or {@code PT10M}; one hour unless given
 * @param folders {@code folders}: folders that every job may read, real paths; none unless given
 */
record Settings(int threads, String memoryLimit, String spillLimit, Duration timeout, List<Path> folders) {
    private static final Set<String> NAMES = Set.of("threads", "memory-limit", "spill-limit", "timeout", "folders");
    private static final Pattern SIZE = Pattern.compile("[1-9][0-9]{0,9}(\\.[0-9]{1,3})? ?[KMGT]i?B",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern SHORT_DURATION = Pattern.compile("[0-9]{1,9}(ms|s|m|h|d)");

    /** @throws IllegalArgumentException naming the setting, what it is and what it may be */
    static Settings of(Map<String, String> given) {
        for (String name : new TreeSet<>(given.keySet())) {
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "duckdb has no setting `" + name + "`; it has " + String.join(", ", new TreeSet<>(NAMES)));
            }
        }
        int half = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        return new Settings(read(given, "threads", String.valueOf(half), "a number from 1 to 256", Settings::threads),
                read(given, "memory-limit", "1GB", "a size such as 1GB or 512MiB", Settings::size),
                read(given, "spill-limit", "10GB", "a size such as 10GB or 512MiB", Settings::size),
                read(given, "timeout", "1h", "more than zero, such as 90s, 10m or PT10M", Settings::duration),
                read(given, "folders", "", "absolute paths of folders that exist, separated by commas",
                        Settings::folders));
    }

    private static <T> T read(Map<String, String> given, String name, String unless, String expected,
            Function<String, T> parser) {
        String text = given.getOrDefault(name, unless).strip();
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException e) {
            throw new IllegalArgumentException(
                    "duckdb's setting `" + name + "` must be " + expected + "; it is `" + text + "`", e);
        }
    }

    private static int threads(String text) {
        int threads = Integer.parseInt(text);
        require(threads >= 1 && threads <= 256);
        return threads;
    }

    private static String size(String text) {
        require(SIZE.matcher(text).matches());
        return text;
    }

    private static Duration duration(String text) {
        Duration duration;
        if (SHORT_DURATION.matcher(text).matches()) {
            int unit = text.endsWith("ms") ? text.length() - 2 : text.length() - 1;
            long amount = Long.parseLong(text.substring(0, unit));
            duration = switch (text.substring(unit)) {
                case "ms" -> Duration.ofMillis(amount);
                case "s" -> Duration.ofSeconds(amount);
                case "m" -> Duration.ofMinutes(amount);
                case "h" -> Duration.ofHours(amount);
                default -> Duration.ofDays(amount);
            };
        } else {
            duration = Duration.parse(text);
        }
        // a timer counts in nanoseconds
        require(duration.isPositive() && duration.toNanos() > 0);
        return duration;
    }

    private static List<Path> folders(String text) {
        List<Path> folders = new ArrayList<>();
        for (String part : text.split(",")) {
            if (!part.isBlank()) {
                folders.add(folder(part.strip()));
            }
        }
        return List.copyOf(folders);
    }

    private static Path folder(String text) {
        try {
            Path path = Path.of(text);
            require(path.isAbsolute() && Files.isDirectory(path));
            // DuckDB compares real paths: a link would never match
            return path.toRealPath();
        } catch (IOException | InvalidPathException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
