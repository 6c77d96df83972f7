package dev.outboard.testkit.snowflake;

import java.time.Duration;

/** How long a statement stays in each state at least, by the simulator's clock. */
public record Pace(Duration queued, Duration resuming, Duration running) {
    /** As fast as DuckDB is. */
    public static final Pace NONE = new Pace(Duration.ZERO, Duration.ZERO, Duration.ZERO);

    Duration untilRunning() {
        return queued.plus(resuming);
    }
}
