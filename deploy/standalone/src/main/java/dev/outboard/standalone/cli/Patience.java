package dev.outboard.standalone.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Repeats a call while the server is away or asks for patience, with growing pauses, for a bounded time. One outage is told
 * once when it begins and once when it ends. Not safe for threads.
 */
final class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Who has forgotten to start a server wants to be told soon. */
    private static final Duration NOBODY_THERE = Duration.ofSeconds(5);

    private final Duration budget;
    private final Consumer<String> tell;
    private boolean contact;

    /**
     * @param budget how long one outage may last; zero makes each call once
     * @param tell takes lines for a person
     */
    Patience(Duration budget, Consumer<String> tell) {
        this.budget = budget;
        this.tell = tell;
    }

    /** A call that may be made again. */
    @FunctionalInterface
    interface Call<T> {
        T make() throws JobsException, InterruptedException;
    }

    /**
     * @throws JobsException that of the last try, or at once one that no repeat can help
     */
    <T> T call(Call<T> call) throws JobsException, InterruptedException {
        var start = System.nanoTime();
        var pause = FIRST_PAUSE;
        for (var tries = 1;; tries++) {
            try {
                var answer = call.make();
                contact = true;
                if (tries > 1) {
                    tell.accept("the server answers again");
                }
                return answer;
            } catch (JobsException e) {
                contact |= e instanceof JobsException.Refused;
                var limit = limit(e);
                var left = limit.minusNanos(System.nanoTime() - start);
                if (!e.passing() || !left.isPositive()) {
                    throw e;
                }
                if (tries == 1) {
                    tell.accept("the server does not serve (" + e.getMessage() + "); trying for up to " + seconds(limit)
                            + " s");
                }
                sleep(shorter(Objects.requireNonNullElse(e.retryAfter(), jittered(pause)), left));
                pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        }
    }

    private Duration limit(JobsException e) {
        return e instanceof JobsException.NoConnection && !contact ? shorter(budget, NOBODY_THERE) : budget;
    }

    /** So that many clients do not come back in step. */
    private static Duration jittered(Duration pause) {
        return pause.multipliedBy(ThreadLocalRandom.current().nextInt(80, 121)).dividedBy(100);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static void sleep(Duration pause) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.toSeconds());
    }
}
