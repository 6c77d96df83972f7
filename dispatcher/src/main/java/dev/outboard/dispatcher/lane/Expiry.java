package dev.outboard.dispatcher.lane;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/** Forgets ended jobs once their window has passed, some at a time. */
final class Expiry {
    private static final int MAX_A_TURN = 500;

    private final Duration margin;
    private final Duration pause;
    private Instant next = Instant.EPOCH;

    Expiry(Duration window) {
        // a create that was appended within the window is folded by then, and so finds the record it repeats
        margin = window.dividedBy(100);
        pause = window.dividedBy(100).compareTo(Duration.ofSeconds(10)) < 0
                ? window.dividedBy(100)
                : Duration.ofSeconds(10);
    }

    void sweep(Collection<Shard> shards, Turn turn, Instant now) {
        if (now.isBefore(next)) {
            return;
        }
        int left = MAX_A_TURN;
        for (var shard : shards) {
            // a repeat that waited for a worker beyond its job's expiry must still find the record it repeats
            if (shard.position < shard.backlogEnd) {
                continue;
            }
            for (var id : shard.finished.expired(Lane.micros(now.minus(margin)), left)) {
                shard.finished.remove(id);
                turn.forget(shard, id);
                left--;
            }
        }
        next = left == 0 ? now : now.plus(pause);
    }
}
