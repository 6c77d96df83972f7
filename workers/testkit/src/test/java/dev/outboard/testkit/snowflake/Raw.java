package dev.outboard.testkit.snowflake;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Requests as the vendor's documents write them. */
final class Raw implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    record Said(int status, JsonNode body, HttpHeaders headers) {
        String code() {
            return body.path("code").asText();
        }

        String handle() {
            return body.path("statementHandle").asText();
        }
    }

    private final SnowflakeSimulator snowflake;
    private final HttpClient client = HttpClient.newHttpClient();
    final Map<String, String> headers = new HashMap<>();

    Raw(SnowflakeSimulator snowflake) throws Exception {
        this.snowflake = snowflake;
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "myApplication/1.0");
        token("KEYPAIR_JWT", jwt("MYORG-ACCOUNT1.FLYTE", Duration.ZERO, Duration.ofMinutes(59)));
    }

    void token(String type, String token) {
        headers.put("X-Snowflake-Authorization-Token-Type", type);
        headers.put("Authorization", "Bearer " + token);
    }

    /** Signed with the simulator's key. */
    String jwt(String subject, Duration ago, Duration lasts) throws Exception {
        var pem = snowflake.secrets().get("snowflake_private_key").replaceAll("-----[A-Z ]+-----|\\s", "");
        var factory = KeyFactory.getInstance("RSA");
        var key = (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        var open = factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
        var print = Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(open.getEncoded()));
        var issued = Instant.now().minus(ago).getEpochSecond();
        var text = coded("{\"alg\":\"RS256\",\"typ\":\"JWT\"}") + "."
                + coded("{\"iss\":\"" + subject + ".SHA256:" + print
                        + "\",\"sub\":\"" + subject + "\",\"iat\":" + issued + ",\"exp\":"
                        + (issued + lasts.toSeconds()) + "}");
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key);
        signature.update(text.getBytes(StandardCharsets.US_ASCII));
        return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    }

    private static String coded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A statement's body, to be put into more fields. */
    static Map<String, Object> body(String sql) {
        return new HashMap<>(
                Map.of("statement", sql, "database", "TESTDB", "schema", "PUBLIC", "warehouse", "COMPUTE_WH"));
    }

    Said post(String query, Object body) throws Exception {
        return send("POST", "/api/v2/statements" + query, JSON.writeValueAsString(body));
    }

    Said run(String sql) throws Exception {
        return post("", body(sql));
    }

    Said get(String rest) throws Exception {
        return send("GET", "/api/v2/statements/" + rest, "");
    }

    Said cancel(String handle) throws Exception {
        return send("POST", "/api/v2/statements/" + handle + "/cancel", "");
    }

    /** Asks until it has ended. */
    Said end(String handle) {
        return await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> get(handle),
                        said -> said.status() != 202);
    }

    Said send(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(snowflake.url() + path))
                .method(method,
                        HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        var response = client.send(request.build(), BodyHandlers.ofByteArray());
        var packed = response.headers().firstValue("Content-Encoding").orElse("").equals("gzip");
        return new Said(response.statusCode(), JSON.readTree(packed ? unpacked(response.body()) : response.body()),
                response.headers());
    }

    private static byte[] unpacked(byte[] body) throws IOException {
        return new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes();
    }

    @Override
    public void close() {
        client.close();
    }
}
