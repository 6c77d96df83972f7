package dev.outboard.testkit.storage;

import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** S3 with path-style addresses. Who signs with {@link #ACCESS_KEY} may write; the signature itself is not checked. */
public final class S3Simulator extends Simulator {
    public static final String ACCESS_KEY = "AKIASIMULATED";
    public static final String SECRET_KEY = "simulated-secret-key";

    private final Objects objects = new Objects();
    private final AtomicLong ids = new AtomicLong();

    private S3Simulator(SimClock clock, int port) {
        super(clock, port);
    }

    /** @param bucket the only one that it has */
    public static S3Simulator start(SimClock clock, int port, String bucket) {
        var simulator = new S3Simulator(clock, port);
        simulator.objects.bucket(bucket);
        simulator.start();
        return simulator;
    }

    /** What leads the output store here, by name without prefix. */
    @Override
    public Map<String, String> settings() {
        return Map.of("buckets", "*", "region", "us-east-1", "endpoint", url().toString(), "access-key-secret",
                "s3-access-key", "secret-key-secret", "s3-secret-key");
    }

    /** What its SecretReader must give. */
    @Override
    public Map<String, String> secrets() {
        return Map.of("s3-access-key", ACCESS_KEY, "s3-secret-key", SECRET_KEY);
    }

    /** What an object holds. */
    public Optional<byte[]> object(String bucket, String key) {
        return objects.get(bucket, key);
    }

    @Override
    protected Operation operation(Request request) {
        return request.method().equals("PUT") ? Operation.CREATE : Operation.OTHER;
    }

    @Override
    protected Reply answer(Request request) {
        var authorization = request.header("Authorization");
        if (authorization == null || !authorization.startsWith("AWS4-HMAC-SHA256 Credential=")) {
            return error(403, "AccessDenied", "Access Denied");
        }
        if (!authorization.contains("Credential=" + ACCESS_KEY + "/")) {
            return error(403, "InvalidAccessKeyId",
                    "The AWS Access Key Id you provided does not exist in our records.");
        }
        var parts = request.path().split("/", 3);
        if (!request.method().equals("PUT") || parts.length < 3 || parts[2].isEmpty()) {
            return error(501, "NotImplemented", "A header you provided implies functionality that is not implemented");
        }
        if (!objects.has(parts[1])) {
            return error(404, "NoSuchBucket", "The specified bucket does not exist");
        }
        var hash = hash(request.body());
        if (!hash.equals(request.header("x-amz-content-sha256"))) {
            return error(400, "XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match "
                    + "what was computed.");
        }
        objects.put(parts[1], parts[2], request.body());
        return new Reply(200, Map.of("ETag", "\"" + hash.substring(0, 32) + "\"", "x-amz-request-id", id()),
                new byte[0]);
    }

    private static String hash(byte[] body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private String id() {
        return "S3SIM%010d".formatted(ids.incrementAndGet());
    }

    /** An error as S3 words it. */
    public Reply error(int status, String code, String message) {
        var id = id();
        return Reply.text(status, "application/xml", """
                <?xml version="1.0" encoding="UTF-8"?>
                <Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId><HostId>sim</HostId></Error>"""
                .formatted(code, message, id)).with("x-amz-request-id", id);
    }

    @Override
    public Reply tooManyRequests(@Nullable Duration retryAfter) {
        return error(503, "SlowDown", "Please reduce your request rate.");
    }

    @Override
    public Reply unauthorized() {
        return error(400, "ExpiredToken", "The provided token has expired.");
    }

    @Override
    public Reply failure(int status) {
        return error(status, status == 503 ? "ServiceUnavailable" : "InternalError",
                "We encountered an internal error. Please try again.");
    }

    /** None: it runs no jobs. */
    @Override
    public List<Entry> ledger() {
        return List.of();
    }
}
