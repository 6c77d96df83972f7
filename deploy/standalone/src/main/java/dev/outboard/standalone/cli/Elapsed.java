package dev.outboard.standalone.cli;

import java.time.Duration;
import java.util.Locale;

/** A duration as a person says it: {@code 3.2 s}, {@code 4 min 10 s}, {@code 2 h 5 min}. */
final class Elapsed {
    private Elapsed() {}

    static String of(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        return duration.toHours() == 0
                ? duration.toMinutes() + " min " + duration.toSecondsPart() + " s"
                : duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
}
