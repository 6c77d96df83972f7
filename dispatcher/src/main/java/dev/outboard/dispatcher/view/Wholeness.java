package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.Topics;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.TopicPartition;

/**
 * Whether what a view has read of a state log is whole. Who is behind by more than the compaction lag reads a log with
 * holes: a record is gone already, and the one that replaced it is still to be read. A process that slept is so for a
 * moment. Where an answer needs no barrier, it needs this; it costs a question to Kafka now and then. Safe for many
 * threads.
 */
final class Wholeness {
    /** An end that was looked up so long ago will do. */
    private static final Duration FRESH = Topics.COMPACTION_LAG.dividedBy(3);

    /** Where the state log of a type ended at some moment after {@code asked} (nanoTime). */
    private record Ends(long asked, Map<TopicPartition, Long> at) {

        boolean youngerThan(Duration age) {
            return System.nanoTime() - asked < age.toNanos();
        }
    }

    private final Types types;
    private final Barrier barrier;
    private final Map<String, Ends> known = new ConcurrentHashMap<>();

    Wholeness(Types types, Barrier barrier) {
        this.types = types;
        this.barrier = barrier;
    }

    /** Waits until what is read of the id's state log is whole; false if that takes until {@code deadline} (nanoTime). */
    boolean await(TypeView type, JobId id, long deadline) {
        try {
            var ends = known.get(type.taskType());
            if (ends == null || !ends.youngerThan(FRESH)) {
                long asked = System.nanoTime();
                ends = new Ends(asked, barrier.ends(type.states()).get());
                known.put(type.taskType(), ends);
            }
            var place = type.states(id);
            return types.place(place).await(ends.at().getOrDefault(place, 0L), deadline);
        } catch (ExecutionException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Asked after something was looked up: whether it still was whole then. */
    boolean lasted(TypeView type) {
        var ends = known.get(type.taskType());
        return ends != null && ends.youngerThan(Topics.COMPACTION_LAG);
    }
}
