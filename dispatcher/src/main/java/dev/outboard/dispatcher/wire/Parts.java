package dev.outboard.dispatcher.wire;

import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.PlatformError;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.wire.proto.AcceptedRecord;
import dev.outboard.dispatcher.wire.proto.ErrorRecord;
import dev.outboard.dispatcher.wire.proto.HandleRecord;
import dev.outboard.dispatcher.wire.proto.PlatformErrorRecord;
import java.time.Instant;

/** Codecs of what stands both in commands and in job records. */
final class Parts {
    private Parts() {}

    static AcceptedRecord accepted(Accepted accepted) {
        return AcceptedRecord.newBuilder()
                .setTaskType(accepted.taskType())
                .setTaskTypeVersion(accepted.taskTypeVersion())
                .setProject(accepted.tenant().project())
                .setDomain(accepted.tenant().domain())
                .setName(accepted.name())
                .putAllLabels(accepted.labels())
                .setFingerprint(Wire.bytes(accepted.fingerprint()))
                .setMaxAttempts(accepted.maxAttempts())
                .setTimeout(Wire.micros(accepted.timeout()))
                .setAt(Wire.micros(accepted.at()))
                .build();
    }

    static Accepted accepted(AcceptedRecord record, Instant at) {
        return new Accepted(record.getTaskType(), record.getTaskTypeVersion(),
                new Tenant(record.getProject(), record.getDomain()), record.getName(), record.getLabelsMap(),
                Wire.bytes(record.getFingerprint()), Math.max(1, record.getMaxAttempts()),
                Wire.duration(record.getTimeout()), at);
    }

    static HandleRecord handle(Handle handle) {
        return HandleRecord.newBuilder()
                .setConnector(handle.connector())
                .setConnectorVersion(handle.connectorVersion())
                .setVersion(handle.version())
                .setValue(handle.value())
                .build();
    }

    static Handle handle(HandleRecord record) {
        return new Handle(record.getConnector(), record.getConnectorVersion(), record.getVersion(), record.getValue());
    }

    static ErrorRecord error(JobError error) {
        var record = ErrorRecord.newBuilder()
                .setKind(error.kind() == JobError.Kind.USER ? ErrorRecord.Kind.USER : ErrorRecord.Kind.SYSTEM)
                .setCode(error.code())
                .setMessage(error.message())
                .setRetryable(error.retryable());
        if (error.pointer() != null) {
            record.setPointer(error.pointer());
        }
        if (error.nextStep() != null) {
            record.setNextStep(error.nextStep());
        }
        var platform = error.platform();
        if (platform != null) {
            record.setPlatform(platform(platform));
        }
        return record.build();
    }

    static JobError error(ErrorRecord record) {
        var kind = record.getKind() == ErrorRecord.Kind.USER ? JobError.Kind.USER : JobError.Kind.SYSTEM;
        return new JobError(kind, record.getCode(), record.getMessage(), record.getRetryable(),
                record.hasPointer() ? record.getPointer() : null, record.hasNextStep() ? record.getNextStep() : null,
                record.hasPlatform() ? platform(record.getPlatform()) : null);
    }

    private static PlatformErrorRecord platform(PlatformError error) {
        var record = PlatformErrorRecord.newBuilder().setPlatform(error.platform()).setCategory(error.category());
        if (error.code() != null) {
            record.setCode(error.code());
        }
        if (error.requestId() != null) {
            record.setRequestId(error.requestId());
        }
        if (error.link() != null) {
            record.setLink(error.link());
        }
        return record.build();
    }

    private static PlatformError platform(PlatformErrorRecord record) {
        return new PlatformError(record.getPlatform(), record.getCategory(), record.hasCode() ? record.getCode() : null,
                record.hasRequestId() ? record.getRequestId() : null, record.hasLink() ? record.getLink() : null);
    }
}
