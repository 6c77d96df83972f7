package dev.outboard.testkit.snowflake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.testkit.sim.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask, and by what. Every user of every account has the one key that was last given out. Tokens are good or not by
 * the real time: it is what the server's {@code Date} header tells, which a client has to correct its clock by. Safe for many
 * threads.
 */
final class Keyring {
    static final String INVALID_JWT = "390144";
    static final String INVALID_TOKEN = "390303";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LEEWAY = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Making one takes long, and no two simulators need different ones. */
    private static final Map<Integer, KeyPair> MADE = new ConcurrentHashMap<>();

    /** What became of a look at a request's credentials: a user, or the code of the refusal. */
    record Seen(@Nullable String user, @Nullable String code) {}

    private final AtomicInteger rotations = new AtomicInteger();
    private final Map<String, String> oauth = new ConcurrentHashMap<>();
    private final Map<String, String> personal = new ConcurrentHashMap<>();

    private KeyPair pair() {
        return MADE.computeIfAbsent(rotations.get(), _ -> made());
    }

    private static KeyPair made() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The private key as PKCS#8 in PEM. */
    String pem() {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(pair().getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }

    /** The key given out until now, and all tokens, are refused from here on. */
    void rotate() {
        rotations.incrementAndGet();
        oauth.clear();
        personal.clear();
    }

    void oauth(String token, String user) {
        oauth.put(token, user);
    }

    void personal(String token, String user) {
        personal.put(token, user);
    }

    Seen look(Request request) {
        var header = request.header("Authorization");
        if (header == null || !header.startsWith("Bearer ")) {
            return new Seen(null, INVALID_TOKEN);
        }
        var token = header.substring("Bearer ".length());
        var type = request.header("X-Snowflake-Authorization-Token-Type");
        return switch (type == null ? "OAUTH" : type) {
            case "KEYPAIR_JWT" -> seen(jwt(token), INVALID_JWT);
            case "OAUTH" -> seen(oauth.get(token), INVALID_TOKEN);
            case "PROGRAMMATIC_ACCESS_TOKEN" -> seen(personal.get(token), INVALID_TOKEN);
            default -> new Seen(null, INVALID_TOKEN);
        };
    }

    private static Seen seen(@Nullable String user, String code) {
        return user == null ? new Seen(null, code) : new Seen(user, null);
    }

    private @Nullable String jwt(String token) {
        var parts = token.split("\\.");
        if (parts.length != 3) {
            return null;
        }
        try {
            var claims = decoded(parts[1]);
            return decoded(parts[0]).path("alg").asText().equals("RS256") && signed(parts) && timely(claims)
                    ? user(claims)
                    : null;
        } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
            return null;
        }
    }

    private static JsonNode decoded(String part) throws IOException {
        return JSON.readTree(Base64.getUrlDecoder().decode(part));
    }

    private boolean signed(String[] parts) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withRSA");
        signature.initVerify(pair().getPublic());
        signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return signature.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private boolean timely(JsonNode claims) {
        var now = Instant.now();
        var issued = Instant.ofEpochSecond(claims.path("iat").asLong());
        var expires = Instant.ofEpochSecond(claims.path("exp").asLong());
        return expires.isAfter(now) && !issued.isAfter(now.plus(LEEWAY))
                && Duration.between(issued, expires).compareTo(LONGEST) <= 0;
    }

    /** From {@code iss}, {@code ACCOUNT.USER.SHA256:fingerprint}, and {@code sub}, {@code ACCOUNT.USER}: all upper case. */
    private @Nullable String user(JsonNode claims) throws GeneralSecurityException {
        var sub = claims.path("sub").asText();
        int dot = sub.indexOf('.');
        var expected = sub + "." + fingerprint(pair().getPublic());
        return dot > 0 && sub.equals(sub.toUpperCase(Locale.ROOT)) && claims.path("iss").asText().equals(expected)
                ? sub.substring(dot + 1)
                : null;
    }

    static String fingerprint(PublicKey key) throws GeneralSecurityException {
        return "SHA256:" + Base64.getEncoder()
                .encodeToString(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
    }
}
