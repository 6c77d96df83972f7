package dev.outboard.api.decode;

import dev.outboard.flyteidl.admin.CreateTaskRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The idempotency key that propeller sends without knowing: output prefix and task execution id. Together they are the
 * same whenever propeller repeats a create, and differ between nodes and attempts. Made of the values, never of raw
 * bytes, whose order of map entries is random.
 */
public final class FlyteKey {
    private FlyteKey() {}

    /** The key, as {@code flyte-} and 64 hex digits, or empty where the call does not carry both. */
    public static Optional<String> of(CreateTaskRequest request) {
        var metadata = request.getTaskExecutionMetadata();
        if (request.getOutputPrefix().isEmpty() || metadata.getTaskExecutionId().getSerializedSize() == 0) {
            return Optional.empty();
        }
        var execution = metadata.getTaskExecutionId();
        var task = execution.getTaskId();
        var node = execution.getNodeExecutionId();
        var run = node.getExecutionId();
        return Optional.of("flyte-" + sha256(List.of(request.getOutputPrefix(), task.getOrg(), task.getProject(),
                task.getDomain(), task.getName(), task.getVersion(), run.getOrg(), run.getProject(), run.getDomain(),
                run.getName(), node.getNodeId(), Integer.toUnsignedString(execution.getRetryAttempt()))));
    }

    /** Each part is preceded by its length, so that no two lists of parts read the same. */
    private static String sha256(List<String> parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                var utf8 = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
                digest.update(utf8);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
