package dev.outboard.bench;

/** What one thread calls over and over. */
interface Caller extends AutoCloseable {
    /** Returns when the answer is there; throws if it is another than the measured one. */
    void call() throws Exception;

    @Override
    default void close() {}
}
