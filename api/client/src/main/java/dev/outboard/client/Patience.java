package dev.outboard.client;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * Repeats a call while the server is away or asks for patience, with growing pauses, for a bounded time. One outage is told
 * once when it begins and once when it ends. Safe for many threads.
 */
final class Patience {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    /** Who has forgotten to start a server wants to be told soon. */
    private static final Duration NOBODY_THERE = Duration.ofSeconds(5);

    private final Duration budget;
    private final Consumer<String> tell;
    private volatile boolean contact;

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
        T make() throws InterruptedException;
    }

    <T> T call(Call<T> call) throws InterruptedException {
        return call(call, budget);
    }

    /**
     * @param most another limit, where it is shorter than the budget
     * @throws OutboardException that of the last try, or at once one that no repeat can help
     */
    <T> T call(Call<T> call, Duration most) throws InterruptedException {
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
            } catch (OutboardException e) {
                contact |= e instanceof OutboardException.Refused;
                var limit = Deadline.shorter(limit(e), most);
                var left = limit.minusNanos(System.nanoTime() - start);
                if (!e.passing() || !left.isPositive()) {
                    throw e;
                }
                if (tries == 1) {
                    tell.accept("the server does not serve (" + e.getMessage() + "); trying for up to "
                            + Math.max(1, limit.toSeconds()) + " s");
                }
                var wanted = Objects.requireNonNullElse(e.retryAfter(), jittered(pause));
                Deadline.in(left).sleep(wanted); // the last try comes at the end of the patience
                pause = Deadline.shorter(pause.multipliedBy(2), LONGEST_PAUSE);
            }
        }
    }

    private Duration limit(OutboardException e) {
        return e instanceof OutboardException.NoConnection && !contact
                ? Deadline.shorter(budget, NOBODY_THERE)
                : budget;
    }

    /** So that many clients do not come back in step. */
    private static Duration jittered(Duration pause) {
        return pause.multipliedBy(ThreadLocalRandom.current().nextInt(80, 121)).dividedBy(100);
    }
}
