package dev.outboard.runtime.batch;

import java.time.Duration;

/**
 * How often an account is asked.
 *
 * @param interval from the beginning of one round to that of the next, at least
 * @param gather a first round waits until nobody has come for so long, for after a takeover many come
 * @param backOff the longest pause after rounds that failed; it doubles from the interval
 * @param whole from one question for everything to the next, at least, where the platform can say what has changed
 * @param idle who has nobody waiting for so long stops
 * @param quiet who neither tells anything nor asks for its budget for so long is given up
 */
record Pace(Duration interval, Duration gather, Duration backOff, Duration whole, Duration idle, Duration quiet) {

    /** @param deadline of one call of the connector's */
    static Pace usual(Duration deadline) {
        return new Pace(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(30), Duration.ofSeconds(60),
                Duration.ofSeconds(90), deadline);
    }
}
