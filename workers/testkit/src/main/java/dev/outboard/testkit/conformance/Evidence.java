package dev.outboard.testkit.conformance;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that left a connector during one case, as text. Safe for many threads. */
final class Evidence {
    /** Shorter ones are found by chance. */
    private static final int SHORTEST = 6;
    private static final int LONG_LINE = 24;

    private final List<String> texts = new ArrayList<>();

    synchronized void add(String where, @Nullable Object what) {
        texts.add(where + ": " + what);
    }

    void add(String where, Throwable thrown) {
        var seen = Collections.<Throwable>newSetFromMap(new IdentityHashMap<>());
        var text = new StringBuilder();
        told(thrown, seen, text);
        add(where, text);
    }

    private static void told(@Nullable Throwable thrown, Set<Throwable> seen, StringBuilder text) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        text.append(thrown).append('\n');
        told(thrown.getCause(), seen, text);
        for (var other : thrown.getSuppressed()) {
            told(other, seen, text);
        }
    }

    /** Where a secret was found, without saying it: its first characters stand for it. */
    synchronized List<String> leaks(Iterable<String> secrets) {
        var leaks = new LinkedHashSet<String>();
        for (var secret : secrets) {
            for (var part : parts(secret)) {
                texts.stream()
                        .filter(text -> text.contains(part))
                        .forEach(text -> leaks.add(
                                text.substring(0, text.indexOf(':')) + " tells the secret that begins with `"
                                        + secret.strip().substring(0, 3) + "`"));
            }
        }
        return List.copyOf(leaks);
    }

    /** The secret as it is, as Basic authentication and JSON write it, and the telling lines of one with many. */
    private static Set<String> parts(String secret) {
        var parts = new LinkedHashSet<String>();
        if (secret.strip().length() >= SHORTEST) {
            parts.add(secret);
            parts.add(Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8)));
            secret.lines().filter(line -> line.length() >= LONG_LINE && !line.startsWith("---")).forEach(parts::add);
        }
        return parts;
    }
}
