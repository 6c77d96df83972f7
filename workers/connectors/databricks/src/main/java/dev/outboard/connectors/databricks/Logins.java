package dev.outboard.connectors.databricks;

import dev.outboard.connectors.databricks.TokenService.Client;
import dev.outboard.connectors.databricks.TokenService.Token;
import dev.outboard.spi.SecretReader;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The token that a request carries: read or fetched, never kept anywhere but here. Safe for many threads. */
final class Logins {
    /** So long before its end a fetched token is replaced. */
    private static final Duration MARGIN = Duration.ofMinutes(2);
    private static final String AZURE_SCOPE = "2ff814a6-3304-4ab8-85cb-cd0e6f879c1d/.default";
    private static final String FLYTES = "FLYTE_DATABRICKS_ACCESS_TOKEN";

    private final DatabricksSettings settings;
    private final TokenService tokens;
    private final Clock clock;
    private final Map<Asked, Fetched> fetched = new ConcurrentHashMap<>();

    /** By the secret too: who brings another one never shares a token, nor its refusal. */
    private record Asked(URI url, Client client) {}

    /** One token service's: many jobs that want the same token ask for it once. */
    private static final class Fetched {
        private final ReentrantLock asking = new ReentrantLock();
        private volatile @Nullable Token token;
    }

    Logins(DatabricksSettings settings, TokenService tokens, Clock clock) {
        this.settings = settings;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * @param base of the workspace
     * @throws ApiFault DENIED if there are no credentials, or none that the token service takes
     */
    String token(URI base, Workspace workspace, SecretReader secrets) throws ApiFault, InterruptedException {
        var own = workspace.secret();
        if (own != null) {
            return read(secrets, own, "the job names");
        }
        var azure = settings.azure();
        if (azure != null) {
            var secret = read(secrets, azure.secret(), "`azure-client-secret-secret` names");
            return fetched(azure.tokenUrl(), new Client(azure.client(), secret, AZURE_SCOPE, true));
        }
        var client = settings.clientId();
        if (client != null) {
            var secret = read(secrets, settings.clientSecret(), "`client-secret-secret` names");
            return fetched(URI.create(base + "/oidc/v1/token"), new Client(client, secret, "all-apis", false));
        }
        return secrets.read(settings.tokenSecret())
                .or(() -> secrets.read(FLYTES))
                .map(String::strip)
                .orElseThrow(() -> denied(
                        "there is no secret `" + settings.tokenSecret() + "` with a Databricks access token"));
    }

    /** Databricks did not take this token: true if another may do. */
    boolean renew(URI base, Workspace workspace, SecretReader secrets, String refused)
            throws ApiFault, InterruptedException {
        fetched.values().forEach(each -> {
            var token = each.token;
            if (token != null && token.value().equals(refused)) {
                each.token = null;
            }
        });
        return !token(base, workspace, secrets).equals(refused);
    }

    private String fetched(URI url, Client client) throws ApiFault, InterruptedException {
        var known = fetched.computeIfAbsent(new Asked(url, client), _ -> new Fetched());
        var token = good(known.token);
        if (token != null) {
            return token;
        }
        known.asking.lockInterruptibly();
        try {
            var meanwhile = good(known.token);
            if (meanwhile != null) {
                return meanwhile;
            }
            var fresh = tokens.fetch(url, client, clock.instant());
            known.token = fresh;
            return fresh.value();
        } finally {
            known.asking.unlock();
        }
    }

    private @Nullable String good(@Nullable Token token) {
        return token != null && clock.instant().isBefore(token.expiry().minus(MARGIN)) ? token.value() : null;
    }

    private static String read(SecretReader secrets, String name, String who) throws ApiFault {
        return secrets.read(name)
                .map(String::strip)
                .orElseThrow(() -> denied("there is no secret `" + name + "`, which " + who));
    }

    private static ApiFault denied(String message) {
        return new ApiFault(ApiFault.Kind.DENIED, Faults.NO_CREDENTIALS, message, null, Duration.ZERO);
    }
}
