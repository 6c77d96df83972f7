package dev.outboard.runtime.batch;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The complete answers of one account: what each was complete to by the platform's clock, and when it came by ours. The two
 * clocks are never compared. Under its roster's lock.
 */
final class Answers {
    /** One a second at most, so as many as a create may take by far. */
    private static final int KEPT = 1_000;

    private record Answer(Instant asOf, long came) {}

    private final Deque<Answer> latest = new ArrayDeque<>();

    /** @param asOf null where the platform cannot say what changes, and so the next answer must be whole too */
    void add(@Nullable Instant asOf, long came) {
        if (asOf == null) {
            latest.clear();
            return;
        }
        latest.addLast(new Answer(asOf, came));
        if (latest.size() > KEPT) {
            latest.removeFirst();
        }
    }

    /**
     * The latest of those that had come before {@code time}, or null: whatever began after that moment changed after what
     * that answer is complete to.
     */
    @Nullable
    Instant before(long time) {
        for (var answers = latest.descendingIterator(); answers.hasNext();) {
            var answer = answers.next();
            if (answer.came() - time < 0) {
                return answer.asOf();
            }
        }
        return null;
    }

    boolean none() {
        return latest.isEmpty();
    }
}
