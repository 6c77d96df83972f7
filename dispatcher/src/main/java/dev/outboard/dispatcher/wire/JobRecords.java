package dev.outboard.dispatcher.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.dispatcher.job.Cancel;
import dev.outboard.dispatcher.job.Condition;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outputs;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Times;
import dev.outboard.dispatcher.job.Transition;
import dev.outboard.dispatcher.wire.proto.CancelRecord;
import dev.outboard.dispatcher.wire.proto.ConditionRecord;
import dev.outboard.dispatcher.wire.proto.JobRecord;
import dev.outboard.dispatcher.wire.proto.StoredOutputs;
import dev.outboard.dispatcher.wire.proto.TransitionRecord;
import org.jspecify.annotations.Nullable;

/** The codec of job records. */
public final class JobRecords {
    private JobRecords() {}

    public static byte[] write(Job job) {
        var record = JobRecord.newBuilder()
                .setMajor(Wire.MAJOR)
                .setIncarnation(job.incarnation())
                .setRev(job.rev())
                .setAccepted(Parts.accepted(job.accepted()))
                .setState(JobRecord.State.valueOf(job.state().name()))
                .setAttempt(Attempts.write(job.attempt()))
                .setDue(Wire.micros(job.due()))
                .setUpdatedAt(Wire.micros(job.times().updatedAt()))
                .setStartedAt(Wire.micros(job.times().startedAt()))
                .setEndedAt(Wire.micros(job.times().endedAt()))
                .setExpiresAt(Wire.micros(job.times().expiresAt()));
        job.conditions().forEach(c -> record.addConditions(condition(c)));
        job.times().history().forEach(t -> record.addHistory(transition(t)));
        if (job.message() != null) {
            record.setMessage(job.message());
        }
        if (job.cancel() != null) {
            record.setCancel(cancel(job.cancel()));
        }
        if (job.error() != null) {
            record.setError(Parts.error(job.error()));
        }
        switch (job.outputs()) {
            case null -> {
                // none
            }
            case Outputs.Inline(var literals) -> record.setOutputs(Wire.bytes(literals));
            case Outputs.Stored(var uri, var size) ->
                record.setStoredOutputs(StoredOutputs.newBuilder().setUri(uri).setSize(size));
        }
        return record.build().toByteArray();
    }

    /**
     * The job in this record.
     *
     * @throws Undecodable if it is none
     * @throws NewerWriter if a newer Outboard wrote it
     */
    public static Job read(JobId id, byte[] value) throws Undecodable {
        JobRecord record;
        try {
            record = JobRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new Undecodable("no protobuf: " + e.getMessage());
        }
        Wire.check("a job record", record.getMajor());
        if (record.getState() == JobRecord.State.UNRECOGNIZED) {
            throw new NewerWriter("a job's state");
        }
        if (record.getState() == JobRecord.State.STATE_UNSPECIFIED) {
            throw new Undecodable("the job has no state");
        }
        if (record.getConditionsList().stream().anyMatch(c -> Condition.Type.of(c.getType()).isEmpty())) {
            throw new NewerWriter("a job's condition");
        }
        var times = new Times(Wire.required(record.getUpdatedAt()), Wire.instant(record.getStartedAt()),
                Wire.instant(record.getEndedAt()), Wire.instant(record.getExpiresAt()),
                record.getHistoryList().stream().map(JobRecords::transition).toList());
        return new Job(id, record.getIncarnation(), record.getRev(),
                Parts.accepted(record.getAccepted(), Wire.required(record.getAccepted().getAt())),
                State.valueOf(record.getState().name()), record.hasMessage() ? record.getMessage() : null,
                Attempts.read(record.getAttempt()),
                record.getConditionsList().stream().map(JobRecords::condition).toList(), Wire.instant(record.getDue()),
                record.hasCancel() ? cancel(record.getCancel()) : null,
                record.hasError() ? Parts.error(record.getError()) : null,
                outputs(record), times);
    }

    private static @Nullable Outputs outputs(JobRecord record) {
        if (record.hasStoredOutputs()) {
            var stored = record.getStoredOutputs();
            return new Outputs.Stored(stored.getUri(), stored.getSize());
        }
        return record.hasOutputs() ? new Outputs.Inline(Wire.bytes(record.getOutputs())) : null;
    }

    private static TransitionRecord transition(Transition transition) {
        var record = TransitionRecord.newBuilder()
                .setState(JobRecord.State.valueOf(transition.state().name()))
                .setAttempt(transition.attempt())
                .setAt(Wire.micros(transition.at()));
        if (transition.note() != null) {
            record.setNote(transition.note());
        }
        return record.build();
    }

    private static Transition transition(TransitionRecord record) {
        if (record.getState() == JobRecord.State.UNRECOGNIZED) {
            throw new NewerWriter("a state in a job's history");
        }
        return new Transition(State.valueOf(record.getState().name()), record.getAttempt(),
                Wire.required(record.getAt()), record.hasNote() ? record.getNote() : null);
    }

    private static ConditionRecord condition(Condition condition) {
        return ConditionRecord.newBuilder()
                .setType(condition.type().text())
                .setReason(condition.reason())
                .setMessage(condition.message())
                .setSince(Wire.micros(condition.since()))
                .build();
    }

    private static Condition condition(ConditionRecord record) {
        return new Condition(Condition.Type.of(record.getType()).orElseThrow(), record.getReason(), record.getMessage(),
                Wire.required(record.getSince()));
    }

    private static CancelRecord cancel(Cancel cancel) {
        var record = CancelRecord.newBuilder()
                .setBy(cancel.by())
                .setAt(Wire.micros(cancel.at()))
                .setReason(cancel.reason());
        if (cancel.thenFail() != null) {
            record.setThenFail(Parts.error(cancel.thenFail()));
        }
        return record.build();
    }

    private static Cancel cancel(CancelRecord record) {
        var thenFail = record.hasThenFail() ? Parts.error(record.getThenFail()) : null;
        return new Cancel(record.getBy(), Wire.required(record.getAt()), record.getReason(), thenFail);
    }
}
