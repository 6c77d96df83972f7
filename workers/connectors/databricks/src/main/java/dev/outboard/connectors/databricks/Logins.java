package dev.outboard.connectors.databricks;

import com.databricks.sdk.core.http.HttpClient;
import com.databricks.sdk.core.oauth.AuthParameterPosition;
import com.databricks.sdk.core.oauth.ClientCredentials;
import com.databricks.sdk.core.oauth.Token;
import dev.outboard.spi.SecretReader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The token that a request carries: read or fetched, never kept anywhere but here. Safe for many threads. */
final class Logins {
    /** So long before its end a fetched token is replaced. */
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final String AZURE_SCOPE = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";
    private static final String FLYTES = "FLYTE_DATABRICKS_ACCESS_TOKEN";

    private final DatabricksSettings settings;
    private final HttpClient http;
    private final Clock clock;
    private final Map<URI, Token> fetched = new ConcurrentHashMap<>();

    Logins(DatabricksSettings settings, HttpClient http, Clock clock) {
        this.settings = settings;
        this.http = http;
        this.clock = clock;
    }

    /**
     * @param base of the workspace
     * @throws ApiFault DENIED if there are no credentials
     */
    String token(URI base, Workspace workspace, SecretReader secrets) throws ApiFault {
        var own = workspace.secret();
        if (own != null) {
            return read(secrets, own, "the job names");
        }
        var azure = settings.azure();
        if (azure != null) {
            return fetched(URI.create("https://login.microsoftonline.com/" + azure.tenant() + "/oauth2/v2.0/token"),
                    azure.client(),
                    read(secrets, azure.secret(), "`azure-client-secret-secret` names"), List.of(AZURE_SCOPE),
                    AuthParameterPosition.BODY);
        }
        var client = settings.clientId();
        if (client != null) {
            return fetched(URI.create(base + "/oidc/v1/token"), client,
                    read(secrets, settings.clientSecret(), "`client-secret-secret` names"), List.of("all-apis"),
                    AuthParameterPosition.HEADER);
        }
        return secrets.read(settings.tokenSecret())
                .or(() -> secrets.read(FLYTES))
                .orElseThrow(() -> denied(
                        "there is no secret `" + settings.tokenSecret() + "` with a Databricks access token"));
    }

    /** Databricks did not take this token: true if another may do. */
    boolean renew(URI base, Workspace workspace, SecretReader secrets, String refused) throws ApiFault {
        fetched.values().removeIf(token -> token.getAccessToken().equals(refused));
        return !token(base, workspace, secrets).equals(refused);
    }

    private String fetched(URI url, String client, String secret, List<String> scopes, AuthParameterPosition position) {
        var known = fetched.get(url);
        if (known != null && (known.getExpiry() == null || clock.instant().isBefore(known.getExpiry().minus(MARGIN)))) {
            return known.getAccessToken();
        }
        var token = new ClientCredentials.Builder().withHttpClient(http)
                .withTokenUrl(url.toString())
                .withClientId(client)
                .withClientSecret(secret)
                .withScopes(scopes)
                .withAuthParameterPosition(position)
                .build()
                .getToken();
        fetched.put(url, token);
        return Objects.requireNonNull(token.getAccessToken(), "no access token in the answer");
    }

    private static String read(SecretReader secrets, String name, String who) throws ApiFault {
        return secrets.read(name).orElseThrow(() -> denied("there is no secret `" + name + "`, which " + who));
    }

    private static ApiFault denied(@Nullable String message) {
        return new ApiFault(ApiFault.Kind.DENIED, "NoCredentials", message + "; give it to the worker as "
                + "OUTBOARD_SECRET_<NAME> or a file of its --secrets folder", null, Duration.ZERO);
    }
}
