package dev.outboard.dispatcher.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DiscardUnknownFieldsParser;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/** A job's spec, which is Flyte's CreateTaskRequest: how it lies in the log, and how two are told apart. */
public final class Spec {
    /** A spec may unpack to at most this much; the API accepts less. */
    private static final int MAX_UNPACKED = 8 << 20;

    private Spec() {}

    /** The bytes for the log: deflated. */
    public static Bytes pack(CreateTaskRequest request) {
        var out = new ByteArrayOutputStream();
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (var deflating = new DeflaterOutputStream(out, deflater)) {
            request.writeTo(deflating);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } finally {
            deflater.end();
        }
        return Bytes.of(out.toByteArray());
    }

    /**
     * What {@link #pack} packed, unknown fields included.
     *
     * @throws IOException if these bytes are no packed spec, or one of more than 8 MiB
     */
    public static CreateTaskRequest unpack(Bytes packed) throws IOException {
        var inflater = new Inflater(true);
        try (var inflating = new InflaterInputStream(new ByteArrayInputStream(packed.array()), inflater)) {
            var plain = inflating.readNBytes(MAX_UNPACKED + 1);
            if (plain.length > MAX_UNPACKED) {
                throw new IOException("the spec unpacks to more than " + MAX_UNPACKED + " bytes");
            }
            return CreateTaskRequest.parseFrom(plain);
        } finally {
            inflater.end();
        }
    }

    /**
     * SHA-256 over what the job is: without unknown fields, secrets, identity, labels and annotations, and with maps in
     * order of their keys, so that it does not depend on a client's map order or version.
     */
    public static Bytes fingerprint(CreateTaskRequest request) {
        try {
            var known = DiscardUnknownFieldsParser.wrap(CreateTaskRequest.parser()).parseFrom(request.toByteArray());
            var bare = known.toBuilder().clearConnection();
            bare.getTaskExecutionMetadataBuilder().clearIdentity().clearLabels().clearAnnotations();
            var plain = bare.build();
            var bytes = new byte[plain.getSerializedSize()];
            var out = CodedOutputStream.newInstance(bytes);
            out.useDeterministicSerialization();
            plain.writeTo(out);
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a message reads what it wrote", e);
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
