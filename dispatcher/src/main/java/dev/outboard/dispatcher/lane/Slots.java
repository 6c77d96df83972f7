package dev.outboard.dispatcher.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How many jobs a lane carries at a time, and who is next, first come first served. */
final class Slots {
    private final int limit;
    private final Deque<Row> ready = new ArrayDeque<>();
    private List<Row> fresh = new ArrayList<>();
    private int taken;

    Slots(int limit) {
        this.limit = limit;
    }

    /** This row wants a slot. */
    void offer(Row row) {
        ready.add(row);
        fresh.add(row);
    }

    /** The next row that gets one, or null: nobody waits, or all are taken. */
    @Nullable
    Row admit() {
        while (taken < limit) {
            var row = ready.poll();
            if (row == null || wants(row)) {
                return row;
            }
        }
        return null;
    }

    /** Rows that came since the last time and got none: they are to be told so, once. */
    List<Row> heldBack() {
        var told = fresh.stream().filter(Slots::wants).toList();
        fresh = new ArrayList<>();
        return told;
    }

    boolean canAdmit() {
        return taken < limit && !ready.isEmpty();
    }

    /** Counts a row in or out when whether it may exist on the platform changes. */
    void count(boolean held, boolean holds) {
        taken += (holds ? 1 : 0) - (held ? 1 : 0);
    }

    /** No place in the line: the job keeps these words until its turn, and the line moves on. */
    String busy() {
        return "this worker carries " + taken + " of " + limit + " jobs; this one waits for its turn";
    }

    private static boolean wants(Row row) {
        return row.current() && switch (row.job.state()) {
            case QUEUED, WAITING -> true;
            default -> false;
        };
    }
}
