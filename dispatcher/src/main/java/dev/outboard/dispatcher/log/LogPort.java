package dev.outboard.dispatcher.log;

import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.JobId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A task type's log as one lane sees it: what it may read and the one way it may write. One thread, except where said.
 * Everything throws {@link LogFailure} on trouble; the lane then closes the port and opens a new one.
 */
public interface LogPort extends AutoCloseable {

    /** How long the partitions of a worker that died without a word stay its own. */
    Duration SESSION = Duration.ofSeconds(6);

    /** A command topic's record. */
    record Command(int partition, long offset, Instant appendedAt, byte @Nullable [] key, byte @Nullable [] value) {}

    /** A state topic's record; a null value is a tombstone. */
    record State(int partition, long offset, byte[] key, byte @Nullable [] value) {}

    /**
     * What one poll brought.
     *
     * @param lost partitions that are no longer this lane's, or were not for a moment
     * @param gained partitions that are newly this lane's; paused until {@link #resume}
     */
    record Polled(Set<Integer> lost, Set<Integer> gained, List<Command> commands) {}

    /**
     * State records of the partitions that are being read, in order.
     *
     * @param positions how far each of them has been read, markers and aborted records included
     */
    record StatesRead(List<State> states, Map<Integer, Long> positions) {}

    /** One record to write to state[partition]. */
    record Write(int partition, byte[] key, byte @Nullable [] value) {}

    /** One record to write to the dead letters. */
    record Dead(byte @Nullable [] key, byte[] value) {}

    /**
     * One turn's transaction.
     *
     * @param writes in order
     * @param positions of every partition that is written, the next command to fold: this is what fences (R2)
     */
    record Batch(List<Write> writes, List<Dead> dead, Map<Integer, Long> positions) {}

    /** Which log, and which end of it. */
    enum Bound {
        COMMANDS_START, COMMANDS_END, STATE_START,
        /** The high watermark, not the last stable offset: open transactions count (R4). */
        STATE_END
    }

    /** Whom a successor would fence. */
    String transactionalId();

    /** The group's generation as of the last poll. */
    int generation();

    /** Waits for commands up to {@code wait}. Also where partitions come and go. */
    Polled poll(Duration wait);

    /** Ends a {@link #poll} that waits, for there is something else to do. Any thread; never blocks. */
    void wake();

    /**
     * The group's committed position, empty if there is none. Fails while an open transaction can change it (R4): ask
     * again.
     */
    CompletableFuture<OptionalLong> committed(int partition);

    /** A log's start or end now. */
    CompletableFuture<Long> bound(int partition, Bound bound);

    /** Begins to read state[partition] at {@code from}, committed records only. */
    void startReading(int partition, long from);

    /** What has come of all partitions being read. */
    StatesRead readStates(Duration wait);

    void stopReading(int partition);

    /**
     * Ends a transaction that a former owner left open in state[partition] and that would else hide what comes after it
     * until it times out (R6). Returns at once; where it cannot, all there is to do is wait. For the owner alone: a
     * transaction of a worker that lives ends too, and that worker begins again from the log.
     */
    void endOpenTransaction(int partition);

    /** From now on commands of this partition come with {@link #poll}, from {@code position} on. */
    void resume(int partition, long position);

    /** From now on {@link #poll} brings no commands, or brings them again; partitions come and go as ever. */
    void pause(boolean commands);

    /**
     * Writes all or nothing, and only while this lane owns every partition in it as of the last poll.
     *
     * @return the offset of each write, in order
     * @throws LogFailure also where it is not known whether it was written
     */
    List<Long> commit(Batch batch);

    /**
     * The spec record of this job at this offset of state[partition], packed. Any thread; blocks up to some seconds.
     *
     * @throws LogFailure if it could not be read, or another record stands there
     */
    Bytes spec(int partition, long offset, JobId id, long incarnation);

    @Override
    void close();
}
