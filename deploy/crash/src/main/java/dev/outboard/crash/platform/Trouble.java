package dev.outboard.crash.platform;

import java.time.Duration;

/** What goes wrong with one request. */
public enum Trouble {
    NONE,
    /** The connection breaks, and nothing was done. */
    LOST_BEFORE,
    /** It is done, and the connection breaks. */
    LOST_AFTER,
    /** 503, and nothing was done. */
    ERROR_BEFORE,
    /** It is done, and answered with 500. */
    ERROR_AFTER,
    /** 429. */
    BUSY,
    /** It takes a while. */
    SLOW,
    /** It is done at once, and answered when the caller has given up. */
    HELD,
    /** It is done when the caller has given up. */
    LATE;

    /** How long a held or late request takes: longer than a call may, and far shorter than a key's quarantine. */
    static final Duration HOLD = Duration.ofSeconds(6);
    static final Duration SLOWNESS = Duration.ofMillis(800);

    /** True where the effect is there and its caller cannot know. */
    boolean hidesEffect() {
        return this == LOST_AFTER || this == ERROR_AFTER || this == HELD;
    }
}
