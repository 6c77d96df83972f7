package dev.outboard.client;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows a job by polls that the server holds back until something is new. Where a server does not do so, polls are paced:
 * by its Retry-After, else from 200 ms growing to 2 s.
 */
final class LongPoll {
    private static final Duration LONGEST_HELD = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    /** Whatever a server asks for: somebody waits. */
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Between two answers that bring something new, so that a lively job does not keep both sides busy. */
    private static final Duration BETWEEN_CHANGES = Duration.ofMillis(100);
    /** An answer without news that comes sooner was not held back, whatever the server says. */
    private static final Duration SURELY_HELD = Duration.ofMillis(500);
    /** What a server that hangs may take beyond the caller's limit. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Calls calls;
    private final Patience patience;

    LongPoll(Calls calls, Patience patience) {
        this.calls = calls;
        this.patience = patience;
    }

    /**
     * @param known as it was seen last, or null
     * @param changed is told what is new, the end too
     * @return the job as it ended
     * @throws OutboardException.TimedOut if it has not ended at the deadline
     */
    Job follow(String id, @Nullable Job known, Deadline deadline, Consumer<Job> changed) throws InterruptedException {
        var seen = known;
        var pause = FIRST_PAUSE;
        for (var first = true;; first = false) {
            var etag = seen == null ? null : seen.etag();
            var left = deadline.left();
            var wait = seen == null
                    ? Duration.ZERO
                    : Duration.ofSeconds(Deadline.shorter(left, LONGEST_HELD).toSeconds());
            var began = System.nanoTime();
            var polled = patience.call(() -> calls.poll(id, etag, wait, deadline.left().plus(GRACE)), left);
            var news = polled.job() != null && (seen == null || !seen.covers(polled.job()));
            if (polled.job() != null) {
                seen = polled.job();
            }
            var now = Objects.requireNonNull(seen);
            if (news) {
                changed.accept(now);
                pause = FIRST_PAUSE;
            }
            if (now.ended()) {
                return now;
            }
            if (left.isZero()) {
                throw new OutboardException.TimedOut(now);
            }
            var took = Duration.ofNanos(System.nanoTime() - began);
            var held = polled.held() && (news || took.compareTo(SURELY_HELD) >= 0);
            if (held) {
                deadline.sleep(news ? positive(BETWEEN_CHANGES.minus(took)) : Duration.ZERO);
            } else if (!first) { // that asked for no wait
                var wanted = polled.retryAfter();
                deadline.sleep(wanted == null || wanted.isZero() ? pause : Deadline.shorter(wanted, LONGEST_WAIT));
                pause = Deadline.shorter(pause.multipliedBy(3).dividedBy(2), LONGEST_PAUSE);
            }
        }
    }

    private static Duration positive(Duration duration) {
        return duration.isNegative() ? Duration.ZERO : duration;
    }
}
