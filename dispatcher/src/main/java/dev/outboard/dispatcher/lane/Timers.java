package dev.outboard.dispatcher.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** When rows want to be looked at again. One timer a row; a stale one is skipped when it comes up. */
final class Timers {

    /** A row's timer. Compared by time alone. */
    record Timer(Instant due, Row row) {
        private boolean current() {
            return row.timer == this && row.current();
        }
    }

    private final PriorityQueue<Timer> queue = new PriorityQueue<>(Comparator.comparing(Timer::due));

    void arm(Row row, Instant due) {
        var timer = new Timer(due, row);
        row.timer = timer;
        queue.add(timer);
    }

    /** Rows whose time has come, the most overdue first; at most {@code limit}. */
    List<Row> due(Instant now, int limit) {
        var rows = new ArrayList<Row>();
        while (rows.size() < limit) {
            var first = queue.peek();
            if (first == null || first.due().isAfter(now)) {
                break;
            }
            queue.remove();
            if (first.current()) {
                first.row().timer = null;
                rows.add(first.row());
            }
        }
        return rows;
    }

    /** How long there is nothing to do, at most so long. */
    Duration patience(Instant now, Duration most) {
        var next = next();
        var left = next == null ? most : Duration.between(now, next);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        // a poll of less than a millisecond does not wait, and would be made again and again until the time has come
        return left.compareTo(most) >= 0 ? most : Duration.ofMillis(left.toMillis() + 1);
    }

    private @Nullable Instant next() {
        while (true) {
            var first = queue.peek();
            if (first == null || first.current()) {
                return first == null ? null : first.due();
            }
            queue.remove();
        }
    }
}
