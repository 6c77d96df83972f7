package dev.outboard.standalone.cli.show;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A duration as a person says it: {@code 3.2 s}, {@code 4 min 10 s}, {@code 2 h 5 min}, {@code 3 d 4 h}. */
public final class Elapsed {
    private Elapsed() {}

    public static String of(Duration given) {
        var duration = given.isNegative() ? Duration.ZERO : given; // another machine's clock
        if (duration.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1000.0);
        }
        if (duration.toHours() == 0) {
            return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
        }
        return duration.toDays() == 0
                ? duration.toHours() + " h " + duration.toMinutesPart() + " min"
                : duration.toDays() + " d " + duration.toHoursPart() + " h";
    }

    /** Such as {@code 3m ago}; a dash where there is no time. */
    public static String ago(@Nullable Instant at, Instant now) {
        if (at == null) {
            return "-";
        }
        var past = Duration.between(at, now);
        if (past.isNegative()) {
            return "in " + rough(past.negated());
        }
        return past.toSeconds() == 0 ? "now" : rough(past) + " ago";
    }

    private static String rough(Duration duration) {
        if (duration.toMinutes() == 0) {
            return duration.toSeconds() + "s";
        }
        if (duration.toHours() == 0) {
            return duration.toMinutes() + "m";
        }
        return duration.toDays() == 0 ? duration.toHours() + "h" : duration.toDays() + "d";
    }
}
