package dev.outboard.testkit.storage;

import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.nio.charset.StandardCharsets;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Google Cloud Storage's JSON API, and the token endpoint of its service accounts: a token is asked for and then needed. */
public final class GcsSimulator extends Simulator {
    private final Objects objects = new Objects();
    private final AtomicLong tokens = new AtomicLong();
    private final String privateKey;

    private GcsSimulator(SimClock clock, int port) {
        super(clock, port);
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            privateKey = Base64.getMimeEncoder(64, new byte[]{'\n'})
                    .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** @param bucket the only one that it has */
    public static GcsSimulator start(SimClock clock, int port, String bucket) {
        var simulator = new GcsSimulator(clock, port);
        simulator.objects.bucket(bucket);
        simulator.start();
        return simulator;
    }

    /** What leads the output store here, by name without prefix. */
    @Override
    public Map<String, String> settings() {
        return Map.of("buckets", "*", "endpoint", url().toString(), "credentials-secret", "gcs-account");
    }

    /** What its SecretReader must give. */
    @Override
    public Map<String, String> secrets() {
        return Map.of("gcs-account", """
                {"type": "service_account", "project_id": "p", "private_key_id": "k1", "client_id": "1",
                 "client_email": "worker@p.iam.gserviceaccount.com", "token_uri": "%s/token",
                 "private_key": "-----BEGIN PRIVATE KEY-----\\n%s\\n-----END PRIVATE KEY-----\\n"}
                """.formatted(url(), privateKey.replace("\n", "\\n")));
    }

    /** What an object holds. */
    public Optional<byte[]> object(String bucket, String key) {
        return objects.get(bucket, key);
    }

    @Override
    protected Operation operation(Request request) {
        if (request.is("POST", "/token")) {
            return Operation.TOKEN;
        }
        return request.is("POST", "/upload/storage/v1/b/[^/]+/o") ? Operation.CREATE : Operation.OTHER;
    }

    @Override
    protected Reply answer(Request request) throws Exception {
        return switch (operation(request)) {
            case TOKEN ->
                Reply.json(200, Map.of("access_token", "t-" + tokens.incrementAndGet(), "token_type", "Bearer",
                        "expires_in", 3600));
            case CREATE -> upload(request);
            default -> error(404, "notFound", "Not Found");
        };
    }

    private Reply upload(Request request) throws Exception {
        if (!("Bearer t-" + tokens.get()).equals(request.header("Authorization"))) {
            return unauthorized();
        }
        var bucket = request.path().split("/")[5];
        if (!objects.has(bucket)) {
            return error(404, "notFound", "The specified bucket does not exist.");
        }
        var type = request.header("Content-Type");
        if (!"multipart".equals(request.query("uploadType")) || type == null || !type.contains("boundary=")) {
            return error(400, "invalid", "Upload requests must include an uploadType URL parameter.");
        }
        var parts = parts(request.body(), type.replaceFirst(".*boundary=\"?([^\";]+).*", "$1"));
        var name = new Request("POST", "", Map.of(), Map.of(), parts.getFirst()).json().path("name").asText();
        objects.put(bucket, name, parts.getLast());
        return Reply.json(200, Map.of("kind", "storage#object", "bucket", bucket, "name", name));
    }

    /** The contents between the boundaries, without their headers. */
    private static List<byte[]> parts(byte[] body, String boundary) {
        // a character a byte
        var text = new String(body, StandardCharsets.ISO_8859_1);
        return Arrays.stream(text.split("(^|\r\n)--" + boundary + "(--)?(\r\n|$)"))
                .filter(part -> part.contains("\r\n\r\n"))
                .map(part -> part.substring(part.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1))
                .toList();
    }

    /** An error as Google words it. */
    public Reply error(int status, String reason, String message) {
        return Reply.json(status, Map.of("error", Map.of("code", status, "message", message, "errors",
                List.of(Map.of("domain", "global", "reason", reason, "message", message)))))
                .with("X-GUploader-UploadID", "upload-1");
    }

    @Override
    public Reply tooManyRequests(@Nullable Duration retryAfter) {
        var reply = error(429, "rateLimitExceeded", "The rate of change requests exceeds the limit.");
        return retryAfter == null ? reply : reply.with("Retry-After", String.valueOf(retryAfter.toSeconds()));
    }

    @Override
    public Reply unauthorized() {
        return error(401, "authError", "Invalid Credentials");
    }

    @Override
    public Reply failure(int status) {
        return error(status, "backendError", "Backend Error");
    }

    /** None: it runs no jobs. */
    @Override
    public List<Entry> ledger() {
        return List.of();
    }
}
