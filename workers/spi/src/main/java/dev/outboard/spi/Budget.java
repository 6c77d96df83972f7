package dev.outboard.spi;

/**
 * What a platform's account lets one worker ask. The worker itself takes one request before each create, find, occupy, poll
 * and delete; a connector that sends more within a call, or any within {@link Connector#pollAll} and
 * {@link Connector#list}, takes each of those here. Safe for many threads.
 */
@FunctionalInterface
public interface Budget {
    /** Everything at once: for tests and for what has no limit. */
    Budget UNLIMITED = _ -> {
    };

    /**
     * Waits until one more request may be sent. Within a call the wait counts towards its deadline.
     *
     * @param account as {@link Connector#account(Handle)} names it
     */
    void take(String account) throws InterruptedException;
}
