package dev.outboard.connectors.databricks;

import com.databricks.sdk.core.http.FormRequest;
import com.databricks.sdk.core.http.Response;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.connectors.databricks.ApiFault.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/**
 * OAuth's client credentials: one request for a token. The SDK's own asks up to four times, with sleeps between, and writes
 * the form with the secret into its debug log. Safe for many threads.
 */
final class TokenService {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int MAX_SAID = 300;
    /** Where the service does not say. */
    private static final long EXPIRES_IN = 3_600;

    private final JdkHttp http;

    TokenService(JdkHttp http) {
        this.http = http;
    }

    record Token(String value, Instant expiry) {
        @Override
        public String toString() {
            return "Token until " + expiry;
        }
    }

    /** @param inForm true if id and secret go with the form, false for the header */
    record Client(String id, String secret, String scope, boolean inForm) {
        @Override
        public String toString() {
            return "Client " + id;
        }
    }

    /**
     * @param now by the clock that the token's expiry is by
     * @throws ApiFault DENIED if the service refuses the client, UNSURE or THROTTLED if it cannot say
     */
    Token fetch(URI url, Client client, Instant now) throws ApiFault, InterruptedException {
        try {
            var response = http.execute(form(url, client));
            return token(response, now);
        } catch (JdkHttp.Stopped e) {
            throw new InterruptedException();
        } catch (JdkHttp.Throttled e) {
            throw new ApiFault(Kind.THROTTLED, "TokenThrottled", "the token service asks for patience", null,
                    e.after());
        } catch (IOException e) {
            throw unavailable("gave no answer: " + e.getClass().getSimpleName());
        }
    }

    private static FormRequest form(URI url, Client client) {
        var form = new HashMap<>(Map.of("grant_type", "client_credentials", "scope", client.scope()));
        if (client.inForm()) {
            form.put("client_id", client.id());
            form.put("client_secret", client.secret());
        }
        var request = new FormRequest(url.toString(), form);
        request.withHeader("Accept", "application/json");
        if (!client.inForm()) {
            var both = (client.id() + ":" + client.secret()).getBytes(StandardCharsets.UTF_8);
            request.withHeader("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
        }
        return request;
    }

    private static Token token(Response response, Instant now) throws ApiFault, IOException {
        int status = response.getStatusCode();
        JsonNode answer;
        try {
            answer = JSON.readTree(response.getBody());
        } catch (IOException e) {
            throw unavailable("answered " + status + " with something that is no JSON");
        }
        var value = answer.path("access_token").asText("");
        if (status == 200 && !value.isEmpty()) {
            return new Token(value, now.plusSeconds(answer.path("expires_in").asLong(EXPIRES_IN)));
        }
        if (status < 400 || status >= 500) {
            throw unavailable("answered " + status);
        }
        var description = answer.path("error_description").asText("");
        throw new ApiFault(Kind.DENIED, answer.path("error").asText("TokenRefused"),
                "the token service refused the client's credentials"
                        + (description.isEmpty()
                                ? ""
                                : ": " + description.substring(0, Math.min(MAX_SAID, description.length()))),
                null, PATIENCE);
    }

    private static ApiFault unavailable(String what) {
        return new ApiFault(Kind.UNSURE, "TokenUnavailable", "the token service " + what, null, PATIENCE);
    }
}
