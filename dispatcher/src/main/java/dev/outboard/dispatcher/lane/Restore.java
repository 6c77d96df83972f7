package dev.outboard.dispatcher.lane;

import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.log.LogFailure;
import dev.outboard.dispatcher.log.LogPort;
import dev.outboard.dispatcher.log.LogPort.Bound;
import dev.outboard.dispatcher.log.Stopped;
import dev.outboard.dispatcher.wire.JobRecords;
import dev.outboard.dispatcher.wire.Keys;
import dev.outboard.dispatcher.wire.NewerWriter;
import dev.outboard.dispatcher.wire.SpecRecords;
import dev.outboard.dispatcher.wire.Undecodable;
import dev.outboard.dispatcher.wire.Watermark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one partition's state back. In this order, and never blocking the lane: the stable committed position, then the
 * end of state[p] = its high watermark (R4), then state[p] up to there, committed records only (R5).
 */
final class Restore {
    private static final Duration PAUSE = Duration.ofMillis(50);
    /** A dead predecessor's transaction ends within its time-out and the coordinator's clean-up, 10 s each. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final LogPort log;
    private final Shard shard;
    private final Map<JobId, Long> specs = new HashMap<>();
    private final CompletableFuture<Long> commandsStart;
    private final CompletableFuture<Long> commandsEnd;
    private final CompletableFuture<Long> stateStart;
    private CompletableFuture<OptionalLong> committed;
    private @Nullable CompletableFuture<Long> stateEnd;
    private boolean reading;
    private boolean sawRecord;
    private Instant askAgain = Instant.MAX;
    private final Instant began;
    private final Instant giveUp;
    private @Nullable Watermark watermark;

    Restore(LogPort log, Shard shard, Instant now) {
        this.log = log;
        this.shard = shard;
        began = now;
        giveUp = now.plus(PATIENCE);
        commandsStart = log.bound(shard.partition, Bound.COMMANDS_START);
        commandsEnd = log.bound(shard.partition, Bound.COMMANDS_END);
        stateStart = log.bound(shard.partition, Bound.STATE_START);
        committed = log.committed(shard.partition);
    }

    Shard shard() {
        return shard;
    }

    /** Goes on as far as it can without waiting; true once it reads the state log. */
    boolean reading(Instant now) {
        if (reading || !committed.isDone()) {
            return reading;
        }
        if (committed.isCompletedExceptionally()) {
            askAgain(now);
            return false;
        }
        if (stateEnd == null) {
            stateEnd = log.bound(shard.partition, Bound.STATE_END);
        }
        if (stateEnd.isDone() && stateStart.isDone() && commandsStart.isDone() && commandsEnd.isDone()) {
            log.startReading(shard.partition, get(stateStart));
            reading = true;
        }
        return reading;
    }

    /** A predecessor's open transaction holds the position: it ends by itself. */
    private void askAgain(Instant now) {
        if (now.isAfter(giveUp)) {
            get(committed);
        }
        if (askAgain.equals(Instant.MAX)) {
            askAgain = now.plus(PAUSE);
        } else if (!now.isBefore(askAgain)) {
            askAgain = Instant.MAX;
            committed = log.committed(shard.partition);
        }
    }

    void apply(LogPort.State state) {
        // what came after the end was looked up is a successor's: this lane has lost the partition and does not know yet
        if (stateEnd == null || state.offset() >= get(stateEnd)) {
            return;
        }
        sawRecord = true;
        try {
            switch (Keys.kind(state.key())) {
                case JOB -> job(JobId.of(state.key()), state.value());
                case SPEC -> spec(JobId.of(state.key()), state);
                case WATERMARK -> watermark = state.value() == null ? null : Watermark.read(state.value());
                case OTHER -> {
                    // control of a later version: not ours to read
                }
            }
        } catch (Undecodable e) {
            throw new Stopped("record " + state.offset() + " of state partition " + shard.partition
                    + " cannot be read (" + e.getMessage() + "): restore the topic, or move the record away");
        } catch (NewerWriter e) {
            throw new Stopped("record " + state.offset() + " of state partition " + shard.partition + ": "
                    + e.getMessage());
        }
    }

    private void job(JobId id, byte @Nullable [] value) throws Undecodable {
        shard.rows.remove(id);
        shard.finished.remove(id);
        if (value == null) {
            return;
        }
        var job = JobRecords.read(id, value);
        var expires = job.times().expiresAt();
        if (expires == null) {
            shard.rows.put(id, new Row(shard, job, Row.NO_OFFSET));
        } else {
            shard.finished.put(id, Lane.micros(expires));
        }
    }

    private void spec(JobId id, LogPort.State state) throws Undecodable {
        if (state.value() == null) {
            specs.remove(id);
        } else {
            SpecRecords.read(state.value());
            specs.put(id, state.offset());
        }
    }

    /** True once everything up to the end has been read; then the shard is ready to fold from its position on. */
    boolean done(long readTo) {
        if (stateEnd == null || readTo < get(stateEnd)) {
            return false;
        }
        shard.position = position(get(committed), watermark, get(commandsStart));
        shard.backlogEnd = get(commandsEnd);
        shard.rows.forEach((id, row) -> {
            var offset = specs.get(id);
            if (offset == null) {
                throw new Stopped("job " + id + " has no spec in state partition " + shard.partition
                        + ": restore the topic");
            }
            row.specOffset = offset;
        });
        return true;
    }

    /** How long it has taken until now. */
    Duration took(Instant now) {
        return Duration.between(began, now);
    }

    List<Row> rows() {
        return new ArrayList<>(shard.rows.values());
    }

    /** Where to go on. The watermark decides: it is in the log itself, and no retention or reset can take it away. */
    private long position(OptionalLong committedTo, @Nullable Watermark mark, long start) {
        if (mark != null) {
            if (committedTo.isPresent() && committedTo.getAsLong() > mark.position()) {
                throw new Stopped(
                        "the committed position " + committedTo.getAsLong() + " of partition " + shard.partition
                                + " is beyond the watermark " + mark.position()
                                + ": somebody moved the group's offsets; reset them to the watermark");
            }
            if (mark.position() < start) {
                throw new Stopped(
                        "commands " + mark.position() + " to " + (start - 1) + " of partition " + shard.partition
                                + " were deleted before they were folded: the outage was longer than their retention");
            }
            return mark.position();
        }
        if (committedTo.isEmpty() && !sawRecord && start == 0) {
            return 0;
        }
        throw new Stopped("partition " + shard.partition + " has no watermark, but is not new (committed "
                + committedTo + ", commands from " + start + ", state " + (sawRecord ? "not empty" : "empty")
                + "): restore the state topic, or start with another prefix");
    }

    private static <T> T get(CompletableFuture<T> done) {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw new LogFailure("restore: " + e.getMessage(), e);
        }
    }
}
