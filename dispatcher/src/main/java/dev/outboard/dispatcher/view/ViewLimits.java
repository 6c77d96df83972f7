package dev.outboard.dispatcher.view;

/**
 * How much a view takes on.
 *
 * @param untaken creates of a task type that no worker has taken yet, at which more are refused; at least 1
 * @param live bytes of memory that jobs which have not ended may take, about, before more creates are refused; at least 1
 * @param ended bytes of memory that ended jobs may take, about, before the oldest are kept as a line in a table; at least 1
 */
public record ViewLimits(int untaken, long live, long ended) {
    /** By default. */
    public static final int MAX_UNTAKEN = 100_000;
    /** Each of the two takes so much of the heap at most; the rest is for requests, Kafka's clients and the collector. */
    private static final int SHARE = 4;

    public ViewLimits {
        if (untaken < 1 || live < 1 || ended < 1) {
            throw new IllegalArgumentException("the view's limits must be 1 or more");
        }
    }

    /** The defaults for the heap of this process. */
    public static ViewLimits ofHeap() {
        long share = Runtime.getRuntime().maxMemory() / SHARE;
        return new ViewLimits(MAX_UNTAKEN, share, share);
    }

    /** The same with another number of untaken creates. */
    public ViewLimits withUntaken(int other) {
        if (other < 1) {
            throw new IllegalArgumentException("--max-untaken must be 1 or more, not " + other);
        }
        return new ViewLimits(other, live, ended);
    }
}
