package dev.outboard.crash.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/** A history made by hand, or by a simulation: operations in any order, with their times. */
final class Script {
    private record Event(long time, Runnable action) {}

    private final List<Event> events = new ArrayList<>();
    private long now;
    private final History history = new History(() -> now);

    /** A call that is answered. */
    Script call(int client, Kind kind, String job, long start, long end, Consumer<Invocation> answer) {
        var invocation = new Invocation[1];
        events.add(new Event(start,
                () -> invocation[0] = history.begin(client, "api-" + client % 2, kind, job)));
        if (end != Operation.OPEN) {
            events.add(new Event(end, () -> answer.accept(invocation[0])));
        }
        return this;
    }

    Script create(long start, long end, Consumer<Invocation> answer) {
        return call(1, Kind.CREATE, "j", start, end, answer);
    }

    Script get(long start, long end, Consumer<Invocation> answer) {
        return call(2, Kind.GET, "j", start, end, answer);
    }

    History play() {
        events.sort(Comparator.comparingLong(Event::time));
        for (var event : events) {
            now = event.time;
            event.action.run();
        }
        events.clear();
        return history;
    }
}
