package dev.outboard.dispatcher.view;

import java.time.Duration;

/**
 * Tells when a job changes, as this process sees it: what it waits for costs no thread of its own and no read of Kafka.
 * For one thread; {@link #close} may be called by any.
 */
public interface Watch extends AutoCloseable {

    /**
     * Waits for a change since the watch began or since the last call that returned true. Several may be told as one.
     *
     * @return false if there was none in time, or the watch was closed
     * @throws InterruptedException if interrupted while waiting
     */
    boolean await(Duration limit) throws InterruptedException;

    /** Ends the watch, and the waiting. */
    @Override
    void close();
}
