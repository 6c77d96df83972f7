package dev.outboard.dispatcher.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.dispatcher.job.Accepted;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.wire.proto.CommandRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The codec of command topics. */
public final class Commands {

    /**
     * A command as it was read.
     *
     * @param spec of a create, packed; null for any other command
     */
    public record Read(Input.Command command, @Nullable Bytes spec) {}

    private Commands() {}

    /** A create's value. Its {@code at} is not written: the broker's append time is what counts. */
    public static byte[] create(Accepted accepted, Bytes spec, @Nullable JobError refused) {
        var create = CommandRecord.Create.newBuilder()
                .setAccepted(Parts.accepted(accepted).toBuilder().clearAt())
                .setSpec(Wire.bytes(spec));
        if (refused != null) {
            create.setRefused(Parts.error(refused));
        }
        return CommandRecord.newBuilder().setMajor(Wire.MAJOR).setCreate(create).build().toByteArray();
    }

    /**
     * The value of a create that could not be taken once, to be taken again.
     *
     * @param value of that create
     * @param replaces the incarnation that it became
     * @throws Undecodable if it is none
     */
    public static byte[] replay(byte[] value, long replaces) throws Undecodable {
        var record = parse(value);
        if (!record.hasCreate()) {
            throw new Undecodable("no create in it");
        }
        var again = record.toBuilder();
        again.getCreateBuilder().setReplaces(replaces);
        return again.build().toByteArray();
    }

    /** A cancel's value. */
    public static byte[] cancel(long incarnation, String by, String reason) {
        var cancel = CommandRecord.Cancel.newBuilder().setIncarnation(incarnation).setBy(by).setReason(reason);
        return CommandRecord.newBuilder().setMajor(Wire.MAJOR).setCancel(cancel).build().toByteArray();
    }

    /** A resolve's value. */
    public static byte[] resolve(long incarnation, int attempt, Verdict verdict, String by) {
        var resolve = CommandRecord.Resolve.newBuilder()
                .setIncarnation(incarnation)
                .setAttempt(attempt)
                .setBy(by);
        switch (verdict) {
            case Verdict.Created(var handle) -> resolve.setCreated(Parts.handle(handle));
            case Verdict.NeverCreated _ -> resolve.setNeverCreated(true);
            case Verdict.Failed(var reason) -> resolve.setFailed(reason);
        }
        return CommandRecord.newBuilder().setMajor(Wire.MAJOR).setResolve(resolve).build().toByteArray();
    }

    /**
     * The command in this record.
     *
     * @param appendedAt the broker's append time
     * @throws Undecodable if it is none
     * @throws NewerWriter if a newer Outboard wrote it
     */
    public static Read read(byte @Nullable [] key, byte @Nullable [] value, long offset, Instant appendedAt)
            throws Undecodable {
        if (key == null || key.length != JobId.SIZE) {
            throw new Undecodable("the key is no job id");
        }
        if (value == null) {
            throw new Undecodable("the value is missing");
        }
        var record = parse(value);
        Wire.check("a command", record.getMajor());
        var id = JobId.of(key);
        return switch (record.getCommandCase()) {
            case CREATE -> {
                var create = record.getCreate();
                if (create.getAccepted().getTaskType().isEmpty() || create.getAccepted().getFingerprint().isEmpty()) {
                    throw new Undecodable("the create lacks its task type or fingerprint");
                }
                var refused = create.hasRefused() ? Parts.error(create.getRefused()) : null;
                var accepted = Parts.accepted(create.getAccepted(), appendedAt);
                var replaces = create.hasReplaces() ? (Long) create.getReplaces() : null;
                yield new Read(new Input.Create(id, accepted, offset, refused, replaces), Wire.bytes(create.getSpec()));
            }
            case CANCEL -> {
                var cancel = record.getCancel();
                yield new Read(new Input.CancelAsked(id, cancel.getIncarnation(), cancel.getBy(), cancel.getReason()),
                        null);
            }
            case RESOLVE -> new Read(resolved(id, record.getResolve()), null);
            case COMMAND_NOT_SET -> {
                if (record.getMajor() == 0 || record.getUnknownFields().asMap().isEmpty()) {
                    throw new Undecodable("no command in it");
                }
                throw new NewerWriter("a command");
            }
        };
    }

    private static Input.Resolved resolved(JobId id, CommandRecord.Resolve resolve) throws Undecodable {
        var verdict = switch (resolve.getVerdictCase()) {
            case CREATED -> new Verdict.Created(Parts.handle(resolve.getCreated()));
            case NEVER_CREATED -> new Verdict.NeverCreated();
            case FAILED -> new Verdict.Failed(resolve.getFailed());
            case VERDICT_NOT_SET -> {
                if (resolve.getUnknownFields().asMap().isEmpty()) {
                    throw new Undecodable("no verdict in the resolve");
                }
                throw new NewerWriter("a verdict");
            }
        };
        return new Input.Resolved(id, resolve.getIncarnation(), resolve.getAttempt(), verdict, resolve.getBy());
    }

    private static CommandRecord parse(byte[] value) throws Undecodable {
        try {
            return CommandRecord.parseFrom(value);
        } catch (InvalidProtocolBufferException e) {
            throw new Undecodable("no protobuf: " + e.getMessage());
        }
    }
}
