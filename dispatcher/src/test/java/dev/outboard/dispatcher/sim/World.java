package dev.outboard.dispatcher.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Time, chance and whose step is next. Everything that happens is an event at a virtual time, most of them a moment
 * that the seed chose after what caused them; between two events the clock jumps.
 */
final class World {
    static final Instant START = Instant.parse("2026-11-20T10:00:00Z");
    static final long MILLI = 1000;
    static final long SECOND = 1000 * MILLI;
    static final long MINUTE = 60 * SECOND;

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    final SplittableRandom random;
    final List<String> wrongs = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final boolean tracing;
    private long now;
    private long order;
    /** Folds everything that happened: two runs of a seed are equal if this is. */
    private long digest;
    @Nullable
    Task current;

    World(long seed, boolean tracing) {
        random = new SplittableRandom(seed);
        this.tracing = tracing;
    }

    /** In microseconds since the start. */
    long now() {
        return now;
    }

    Instant instant() {
        return START.plusNanos(now * 1000);
    }

    long digest() {
        return digest;
    }

    void at(long delay, Runnable action) {
        events.add(new Event(now + delay, order++, action));
    }

    /** The next thing happens. */
    boolean step() {
        var event = events.poll();
        if (event == null) {
            return false;
        }
        now = event.at();
        digest = (digest ^ now) * 0x9E3779B97F4A7C15L + order;
        event.action().run();
        return true;
    }

    /** Nothing else happens meanwhile. */
    void jump(long time) {
        now += time;
        var moved = events.stream().map(e -> new Event(Math.max(e.at(), now), e.order(), e.action())).toList();
        events.clear();
        events.addAll(moved);
    }

    boolean oneIn(int n) {
        return n > 0 && random.nextInt(n) == 0;
    }

    long upTo(long most) {
        return random.nextLong(most + 1);
    }

    /** How long a step takes: a moment; now and then much longer. */
    long moment() {
        int luck = random.nextInt(64);
        return luck > 8 ? 50 + random.nextInt(3000) : luck > 0 ? upTo(40 * MILLI) : upTo(600 * MILLI);
    }

    void wrong(String what) {
        wrongs.add(what);
        say(() -> "WRONG: " + what);
    }

    void say(Supplier<String> what) {
        if (tracing) {
            System.out.printf("%12.6f  %s%n", now / 1e6, what.get());
        }
    }
}
