package dev.outboard.dispatcher.job;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a poll shows of a job that goes on; written only when it is news. */
final class Progress {
    private static final double STEP = 0.01;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private Progress() {}

    static Job seen(Job job, Outcome.Running seen, Instant now) {
        var was = job.attempt();
        var next = was.seen(seen.queued(), seen.links(), seen.progress(), seen.info());
        // while a cancel is owed the message tells that, not the platform's word
        var message = job.state() == State.CANCELLING ? job.message() : seen.message();
        var conditions = Conditions.answered(job);
        boolean news = !conditions.equals(job.conditions()) || was.queued() != next.queued()
                || !was.links().equals(next.links())
                || !Objects.equals(job.message(), message) || !Objects.equals(was.info(), next.info())
                || moved(was.progress(), next.progress(), Duration.between(job.times().updatedAt(), now));
        return news ? job.edit().state(job.state(), message).attempt(next).conditions(conditions).at(now) : job;
    }

    private static boolean moved(@Nullable Double was, @Nullable Double is, Duration since) {
        if (is == null || is.equals(was)) {
            return false;
        }
        return was == null || Math.abs(is - was) >= STEP || since.compareTo(PAUSE) >= 0;
    }
}
