package dev.outboard.dispatcher.view;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A place in a job's logs, as text {@code c<partition>.<offset>} (a command) or {@code s<partition>.<offset>} (a state).
 */
public record Position(Log log, int partition, long offset) {
    private static final Pattern TEXT = Pattern.compile("([cs])(\\d{1,9})\\.(\\d{1,18})");

    /** Which of the two logs. */
    public enum Log {
        COMMANDS, STATE
    }

    /** True if what was read here is no older than what was read at that place of the state log. */
    boolean reaches(Position state) {
        return log == Log.STATE && offset >= state.offset;
    }

    /** The position that this text shows, or empty if it is none. */
    public static Optional<Position> parse(String text) {
        var matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var log = matcher.group(1).equals("c") ? Log.COMMANDS : Log.STATE;
        return Optional.of(new Position(log, Integer.parseInt(matcher.group(2)), Long.parseLong(matcher.group(3))));
    }

    @Override
    public String toString() {
        return (log == Log.COMMANDS ? "c" : "s") + partition + "." + offset;
    }
}
