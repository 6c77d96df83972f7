package dev.outboard.dispatcher.log;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for what Kafka was asked. */
final class Futures {
    private Futures() {}

    /**
     * The result.
     *
     * @throws LogFailure if it failed or took longer than {@code limit}; the cause is Kafka's own exception
     */
    static <T> T get(String what, Future<T> future, Duration limit) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            var cause = e.getCause() == null ? e : e.getCause();
            // Kafka's own words for this name its calls and threads
            var words = cause instanceof org.apache.kafka.common.errors.TimeoutException
                    ? "Kafka does not answer"
                    : String.valueOf(cause.getMessage());
            throw new LogFailure(what + ": " + words, cause);
        } catch (TimeoutException e) {
            throw new LogFailure(what + ": no answer within " + limit.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogFailure(what + ": interrupted", e);
        }
    }
}
