package dev.outboard.testkit.snowflake;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One statement on its way. Its {@link Book} guards it: nothing here is safe for many threads by itself. */
final class Statement {
    private final String handle;
    private final Order order;
    private final Pace pace;
    private final Instant createdAt;
    private final Engine.Run run = new Engine.Run();
    private boolean held;
    private @Nullable Instant startedAt;
    private @Nullable Instant endedAt;
    private Engine.@Nullable Outcome outcome;
    private int cancels;

    /** @param held it does not get beyond {@code running} until {@link #release} */
    Statement(String handle, Order order, Pace pace, Instant createdAt, boolean held) {
        this.handle = handle;
        this.order = order;
        this.pace = pace;
        this.createdAt = createdAt;
        this.held = held;
    }

    String handle() {
        return handle;
    }

    Order order() {
        return order;
    }

    Instant createdAt() {
        return createdAt;
    }

    Engine.Run run() {
        return run;
    }

    int cancels() {
        return cancels;
    }

    void release() {
        held = false;
    }

    /** True once, when its SQL is to be run. */
    boolean starts(Instant now) {
        if (held || startedAt != null || endedAt != null || now.isBefore(createdAt.plus(pace.untilRunning()))) {
            return false;
        }
        startedAt = now;
        return true;
    }

    /** Its SQL has come to an end; too late if it was cancelled meanwhile. */
    void came(Engine.Outcome result, Instant now) {
        if (endedAt == null) {
            var least = (startedAt == null ? now : startedAt).plus(pace.running());
            outcome = result;
            endedAt = least.isAfter(now) ? least : now;
        }
    }

    /** True if it is past its time-out. */
    boolean overdue(Instant now) {
        return ended(now) == null && !order.timeout().isZero()
                && !now.isBefore(createdAt.plus(pace.untilRunning()).plus(order.timeout()));
    }

    void stop(SqlFault why, Instant now) {
        outcome = Engine.Outcome.of(why);
        endedAt = now;
        run.stop();
    }

    /** False if it had ended. */
    boolean cancel(Instant now) {
        if (ended(now) != null) {
            return false;
        }
        cancels++;
        stop(SqlFault.CANCELLED, now);
        return true;
    }

    /** When it ended, or null while it has not for those who ask now. */
    @Nullable
    Instant ended(Instant now) {
        return endedAt == null || now.isBefore(endedAt) ? null : endedAt;
    }

    /** What it came to, or null while it has not ended. */
    Engine.@Nullable Outcome outcome(Instant now) {
        return ended(now) == null ? null : outcome;
    }

    boolean succeeded(Instant now) {
        var result = outcome(now);
        return result != null && result.fault() == null;
    }

    /** What the history calls a state that is no end. */
    String waiting(Instant now) {
        var age = Duration.between(createdAt, now);
        return age.compareTo(pace.queued()) < 0
                ? "queued"
                : age.compareTo(pace.untilRunning()) < 0 ? "resuming_warehouse" : "running";
    }
}
