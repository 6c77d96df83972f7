package dev.outboard.runtime;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets out of what people read: it remembers the values that were handed out and blots them out of texts. A net
 * under careless connectors, not a licence: encoded or split values pass. Safe for many threads.
 */
public final class Redaction {
    /** Shorter values stand in too many innocent words to be blotted out. */
    static final int MIN_LENGTH = 6;
    /** So many values are remembered, the latest ones. */
    static final int MAX_VALUES = 1_000;
    /** Texts that go into a record are cut to this many characters. */
    static final int MAX_TEXT = 1_024;

    private final Deque<String> remembered = new ArrayDeque<>();
    /** The same values, longest first: a value may contain another. */
    private volatile List<String> values = List.of();

    /** From now on this value is blotted out, if it has at least 6 characters. */
    void remember(String value) {
        if (value.length() < MIN_LENGTH || values.contains(value)) {
            return;
        }
        synchronized (remembered) {
            if (remembered.contains(value)) {
                return;
            }
            if (remembered.size() == MAX_VALUES) {
                remembered.removeFirst();
            }
            remembered.addLast(value);
            var sorted = new ArrayList<>(remembered);
            sorted.sort(Comparator.comparingInt(String::length).reversed());
            values = List.copyOf(sorted);
        }
    }

    /** The text with {@code ***} for every secret. */
    public String redact(String text) {
        var clean = text;
        for (var value : values) {
            clean = clean.replace(value, "***");
        }
        return clean;
    }

    /** The text as it may stand in a record: redacted, then cut to 1,024 characters; empty for null. */
    String brief(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var clean = redact(text);
        if (clean.length() <= MAX_TEXT) {
            return clean;
        }
        int end = MAX_TEXT - 1;
        // half a surrogate pair is no character
        return clean.substring(0, Character.isHighSurrogate(clean.charAt(end - 1)) ? end - 1 : end) + "…";
    }
}
