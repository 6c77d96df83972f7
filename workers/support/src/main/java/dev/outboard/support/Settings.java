package dev.outboard.support;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A connector's settings, read by type. Every fault is an {@link IllegalArgumentException} that names the setting. */
public final class Settings {
    private final String connector;
    private final Map<String, String> given;

    /**
     * @param connector for messages, such as {@code bigquery}
     * @param known all names that it has; any other is refused
     */
    public Settings(String connector, Map<String, String> given, Set<String> known) {
        this.connector = connector;
        this.given = Map.copyOf(given);
        for (var name : new TreeSet<>(given.keySet())) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(connector + " has no setting `" + name + "`; it has "
                        + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    /** Null if not given or blank. */
    public @Nullable String text(String name) {
        var text = given.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** The parts between commas; empty if not given. */
    public List<String> list(String name) {
        var text = text(name);
        return text == null
                ? List.of()
                : Arrays.stream(text.split(",")).map(String::strip).filter(part -> !part.isEmpty()).toList();
    }

    public int integer(String name, int unless, int least, int most) {
        return read(name, unless, "a whole number from " + least + " to " + most, text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException();
            }
            return number;
        });
    }

    public boolean flag(String name, boolean unless) {
        return read(name, unless, "true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException();
        });
    }

    /** More than zero, as ISO 8601 writes it. */
    public Duration duration(String name, Duration unless) {
        return read(name, unless, "a duration such as PT30S", text -> {
            var duration = Duration.parse(text);
            if (!duration.isPositive()) {
                throw new IllegalArgumentException();
            }
            return duration;
        });
    }

    /** An http or https URL with a host, without the slash at its end; null if not given. */
    public @Nullable URI url(String name) {
        return text(name) == null ? null : read(name, URI.create("http://unused"), "an http or https URL", text -> {
            try {
                var uri = new URI(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
                if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
                    throw new IllegalArgumentException();
                }
                return uri;
            } catch (URISyntaxException e) {
                throw new IllegalArgumentException(e);
            }
        });
    }

    private <T> T read(String name, T unless, String expected, Function<String, T> parser) {
        var text = text(name);
        if (text == null) {
            return unless;
        }
        try {
            return parser.apply(text);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    connector + "'s setting `" + name + "` must be " + expected + "; it is `" + text + "`", e);
        }
    }
}
