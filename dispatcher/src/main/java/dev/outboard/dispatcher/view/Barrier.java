package dev.outboard.dispatcher.view;

import io.micrometer.core.instrument.Counter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka how far logs reach. One question is under way at a time, for everybody who came before it was put; whoever
 * comes later shares the next one, because its answer alone is late enough for them.
 */
final class Barrier {
    private static final int LIMIT_MILLIS = 500;

    /** A question that has not been put yet, or is under way. */
    private static final class Round {
        private final Set<TopicPartition> all = new HashSet<>();
        private final Set<TopicPartition> committed = new HashSet<>();
        private final CompletableFuture<Map<TopicPartition, Long>> ends = new CompletableFuture<>();
    }

    private final Admin admin;
    private final Counter rounds;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Round next;
    private boolean underWay;

    /** @param rounds counts the questions */
    Barrier(Admin admin, Counter rounds) {
        this.admin = admin;
        this.rounds = rounds;
    }

    /**
     * Where these logs end, as of some moment after this call.
     *
     * @param all read to the high watermark
     * @param committed read to the last stable offset
     */
    CompletableFuture<Map<TopicPartition, Long>> ends(Set<TopicPartition> all, Set<TopicPartition> committed) {
        Round put = null;
        lock.lock();
        try {
            var round = next == null ? new Round() : next;
            round.all.addAll(all);
            round.committed.addAll(committed);
            next = round;
            if (!underWay) {
                put = take();
            }
            return round.ends;
        } finally {
            lock.unlock();
            ask(put);
        }
    }

    /** Under the lock: the round that now goes under way, or null. */
    private @Nullable Round take() {
        var round = next;
        next = null;
        underWay = round != null;
        return round;
    }

    private void ask(@Nullable Round round) {
        if (round == null) {
            return;
        }
        rounds.increment();
        var found = new ConcurrentHashMap<TopicPartition, Long>();
        offsets(round, found)
                .whenComplete((_, failure) -> {
                    Round after;
                    lock.lock();
                    try {
                        after = take();
                    } finally {
                        lock.unlock();
                    }
                    ask(after);
                    if (failure == null) {
                        round.ends.complete(found);
                    } else {
                        round.ends.completeExceptionally(failure);
                    }
                });
    }

    private CompletableFuture<?> offsets(Round round, Map<TopicPartition, Long> found) {
        try {
            return CompletableFuture.allOf(offsets(round.all, IsolationLevel.READ_UNCOMMITTED, found),
                    offsets(round.committed, IsolationLevel.READ_COMMITTED, found));
        } catch (RuntimeException e) {
            // also a question that cannot be put ends its round: else nobody would ever ask again
            return CompletableFuture.failedFuture(e);
        }
    }

    private CompletableFuture<?> offsets(Set<TopicPartition> partitions, IsolationLevel level,
            Map<TopicPartition, Long> found) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(p -> asked.put(p, OffsetSpec.latest()));
        var options = new ListOffsetsOptions(level).timeoutMs(LIMIT_MILLIS);
        return admin.listOffsets(asked, options)
                .all()
                .toCompletionStage()
                .toCompletableFuture()
                .thenAccept(offsets -> offsets.forEach((p, info) -> found.put(p, info.offset())));
    }
}
