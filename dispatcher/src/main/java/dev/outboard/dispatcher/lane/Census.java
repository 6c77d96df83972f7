package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.Job;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Asks what jobs a lane holds: its own thread alone knows them, and answers between two turns. One thread asks. */
final class Census {
    private static final Duration LIMIT = Duration.ofSeconds(2);

    private record Question(Predicate<Job> such, CompletableFuture<Boolean> answer) {}

    private final AtomicReference<@Nullable Question> asked = new AtomicReference<>();

    /** Whether one is such; true if no answer comes. */
    boolean any(Predicate<Job> such) {
        var question = new Question(such, new CompletableFuture<>());
        asked.set(question);
        try {
            return question.answer().get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** On the lane's thread. */
    void answer(Lane lane) {
        var question = asked.getAndSet(null);
        if (question != null) {
            question.answer().complete(lane.any(question.such()));
        }
    }
}
