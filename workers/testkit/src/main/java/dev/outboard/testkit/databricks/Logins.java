package dev.outboard.testkit.databricks;

import dev.outboard.testkit.sim.Reply;
import dev.outboard.testkit.sim.Request;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One personal access token, OAuth clients, and the tokens given out to these. Safe for many threads. */
final class Logins {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Clock clock;
    private final Map<String, String> clients = new ConcurrentHashMap<>();
    private final Map<String, Instant> expiries = new ConcurrentHashMap<>();
    private final Set<String> issued = ConcurrentHashMap.newKeySet();
    private volatile String personal = personalToken();

    Logins(Clock clock) {
        this.clock = clock;
    }

    private static String personalToken() {
        return "dapi" + UUID.randomUUID().toString().replace("-", "");
    }

    /** The personal access token that is accepted now. */
    String personal() {
        return personal;
    }

    /** Another personal token; every token given out until now has run out. */
    void rotate() {
        personal = personalToken();
        expiries.clear();
    }

    /** All that were ever given out. */
    Set<String> issued() {
        return Set.copyOf(issued);
    }

    void client(String id, String secret) {
        clients.put(id, secret);
    }

    /** Why this may not ask, or null if it may. A bad token is not a 401: Databricks calls that forbidden. */
    @Nullable
    Reply refused(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Bearer ")) {
            return missing();
        }
        var token = authorization.substring("Bearer ".length());
        var expiry = expiries.get(token);
        boolean good = token.equals(personal) || expiry != null && clock.instant().isBefore(expiry);
        // its codes here are numbers, elsewhere words
        return good ? null : Reply.json(403, Map.of("error_code", 403, "message", "Invalid access token."));
    }

    static Reply missing() {
        return Reply.json(401, Map.of("error_code", 401, "message",
                "Credential was not sent or was of an unsupported type for this API."));
    }

    static Reply endpoints(URI url) {
        return Reply.json(200, Map.of("issuer", url + "/oidc", "authorization_endpoint", url + "/oidc/v1/authorize",
                "token_endpoint", url + "/oidc/v1/token", "scopes_supported", List.of("all-apis", "offline_access"),
                "grant_types_supported", List.of("client_credentials", "authorization_code", "refresh_token"),
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic", "client_secret_post")));
    }

    Reply token(Request request) {
        var form = form(request.text());
        if (!"client_credentials".equals(form.get("grant_type"))) {
            return refused(400, "unsupported_grant_type", "The grant type is not supported.");
        }
        var client = client(request.header("authorization"), form);
        if (client.length != 2 || !client[1].equals(clients.get(client[0]))) {
            return refused(401, "invalid_client", "Client authentication failed.");
        }
        var token = "eyJraWQiOiJzaW11bGF0ZWQifQ." + UUID.randomUUID();
        issued.add(token);
        expiries.put(token, clock.instant().plus(LIFETIME));
        return Reply.json(200, Map.of("access_token", token, "token_type", "Bearer", "scope", "all-apis",
                "expires_in", LIFETIME.toSeconds()));
    }

    /** Id and secret, from the header or else from the form. */
    private static String[] client(@Nullable String authorization, Map<String, String> form) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return new String[]{form.getOrDefault("client_id", ""), form.getOrDefault("client_secret", "")};
        }
        try {
            var decoded = Base64.getDecoder().decode(authorization.substring("Basic ".length()));
            return new String(decoded, StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException e) {
            return new String[0];
        }
    }

    private static Map<String, String> form(String text) {
        var form = new HashMap<String, String>();
        for (var pair : text.split("&")) {
            var parts = pair.split("=", 2);
            form.put(parts[0], parts.length < 2 ? "" : URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static Reply refused(int status, String error, String description) {
        return Reply.json(status, Map.of("error", error, "error_description", description, "error_id",
                UUID.randomUUID().toString()));
    }
}
