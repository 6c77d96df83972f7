package dev.outboard.dispatcher.view;

import io.micrometer.core.instrument.Counter;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
        private final Set<TopicPartition> partitions = new HashSet<>();
        /** The limit counts from the first caller: nobody waits longer, whatever the question before is at. */
        private final CompletableFuture<Map<TopicPartition, Long>> ends = new CompletableFuture<Map<TopicPartition, Long>>()
                .orTimeout(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
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
     * Where these logs end, as of some moment after this call; fails after half a second at most. It is the last stable
     * offset, which of a log that nobody writes to in transactions, as commands and registry are, is its end.
     */
    CompletableFuture<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
        Round put = null;
        lock.lock();
        try {
            var round = next == null ? new Round() : next;
            round.partitions.addAll(partitions);
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
        offsets(round.partitions).whenComplete((found, failure) -> {
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

    private CompletableFuture<Map<TopicPartition, Long>> offsets(Set<TopicPartition> partitions) {
        var asked = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(p -> asked.put(p, OffsetSpec.latest()));
        var options = new ListOffsetsOptions(IsolationLevel.READ_COMMITTED).timeoutMs(LIMIT_MILLIS);
        try {
            return admin.listOffsets(asked, options)
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .thenApply(offsets -> {
                        var ends = new HashMap<TopicPartition, Long>();
                        offsets.forEach((p, info) -> ends.put(p, info.offset()));
                        return ends;
                    });
        } catch (RuntimeException e) {
            // also a question that cannot be put ends its round: else nobody would ever ask again
            return CompletableFuture.failedFuture(e);
        }
    }
}
