package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One service account, and the access tokens given out for it: by its signature at the token endpoint, or by hand. */
final class Tokens {
    static final String ACCOUNT = "outboard@simulated.iam.gserviceaccount.com";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    /** What Google's library signs for, wherever its key file sends it. */
    private static final String GOOGLES = "https://oauth2.googleapis.com/token";
    private static final Duration LIFETIME = Duration.ofHours(1);

    /** One for the process: making it takes a tenth of a second. */
    private static final KeyPair KEYS = keys();

    private final Clock clock;
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();

    Tokens(Clock clock) {
        this.clock = clock;
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The account's key file, as the console lets one download it. */
    String keyFile(String tokenUri) {
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[]{'\n'}).encodeToString(KEYS.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        return JSON.valueToTree(Map.of("type", "service_account", "project_id", "simulated", "private_key_id", "1",
                "private_key", pem, "client_email", ACCOUNT, "client_id", "1", "token_uri", tokenUri)).toString();
    }

    /** A token that is good for an hour. */
    String issue() {
        var token = "ya29.simulated-" + UUID.randomUUID();
        expiries.put(token, clock.instant().plus(LIFETIME));
        return token;
    }

    /** Every token given out until now is refused from now on. */
    void expireAll() {
        expiries.clear();
    }

    boolean good(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return false;
        }
        var expiry = expiries.get(authorization.substring("Bearer ".length()));
        return expiry != null && clock.instant().isBefore(expiry);
    }

    Reply answer(Request request, String tokenUri) {
        var form = new HashMap<String, String>();
        for (var pair : request.text().split("&")) {
            var parts = pair.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        if (!GRANT.equals(form.get("grant_type"))) {
            return refused("unsupported_grant_type", "Invalid grant_type: " + form.get("grant_type"));
        }
        var why = wrong(form.getOrDefault("assertion", ""), tokenUri);
        return why != null
                ? refused("invalid_grant", why)
                : Reply.json(200, Map.of("access_token", issue(), "expires_in", LIFETIME.toSeconds(), "token_type",
                        "Bearer"));
    }

    private static Reply refused(String error, String description) {
        return Reply.json(400, Map.of("error", error, "error_description", description));
    }

    /** What is wrong with an assertion, or null. Its times are not looked at: its signer's clock is not the simulator's. */
    private @Nullable String wrong(String assertion, String tokenUri) {
        var parts = assertion.split("\\.");
        if (parts.length != 3) {
            return "Bad Request";
        }
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KEYS.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            var claims = JSON.readTree(Base64.getUrlDecoder().decode(parts[1]));
            if (!signature.verify(Base64.getUrlDecoder().decode(parts[2]))) {
                return "Invalid JWT Signature.";
            }
            var audience = claims.path("aud").asText();
            return ACCOUNT.equals(claims.path("iss").asText())
                    && claims.path("scope").asText().contains("/auth/bigquery")
                    && (audience.equals(tokenUri) || audience.equals(GOOGLES))
                            ? null
                            : "Invalid grant: account not found";
        } catch (GeneralSecurityException | java.io.IOException | IllegalArgumentException e) {
            return "Invalid JWT: " + e.getMessage();
        }
    }
}
