package dev.outboard.bench;

import java.time.Duration;

/** One of the things that are compared. Used by one thread. */
interface Side extends AutoCloseable {
    /** As the progress names it. */
    String name();

    /** Calls it for about so long, and leaves nothing behind that would disturb the next side. */
    Slice run(Duration length) throws Exception;

    /** Makes it as quick as it will be. */
    default void warmUp(Duration length) throws Exception {
        run(length);
    }

    @Override
    void close();
}
