package dev.outboard.connectors.snowflake;

import dev.outboard.support.AllowedHosts;
import dev.outboard.support.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connector's settings.
 *
 * @param endpoint replaces every account's own address, or null
 * @param historyWarehouse where looks into the query history run; null for the job's own, and for no batches
 * @param historyDatabase whose INFORMATION_SCHEMA a list is made from
 * @param account the only account that jobs may name, or null for any
 * @param user the only user, likewise
 * @param login for jobs that name no secrets of their own
 */
record SnowflakeSettings(@Nullable URI endpoint, AllowedHosts allowedHosts, @Nullable String historyWarehouse,
        String historyDatabase, @Nullable String account, @Nullable String user, Login login,
        Duration requestTimeout) {
    private static final Set<String> NAMES = Set.of("endpoint", "allowed-hosts", "history-warehouse",
            "history-database", "account", "user", "private-key-secret", "private-key-passphrase-secret",
            "oauth-token-secret", "pat-secret", "request-timeout");
    private static final List<String> HOSTS = List.of("*.snowflakecomputing.com", "*.snowflakecomputing.cn");

    static SnowflakeSettings of(Map<String, String> given) {
        var settings = new Settings("snowflake", given, NAMES);
        var hosts = settings.list("allowed-hosts");
        return new SnowflakeSettings(settings.url("endpoint"), new AllowedHosts(hosts.isEmpty() ? HOSTS : hosts),
                settings.text("history-warehouse"), or(settings.text("history-database"), "SNOWFLAKE"),
                settings.text("account"), settings.text("user"), login(settings),
                settings.duration("request-timeout", Duration.ofSeconds(25)));
    }

    private static Login login(Settings settings) {
        var oauth = settings.text("oauth-token-secret");
        var personal = settings.text("pat-secret");
        if (oauth != null && personal != null) {
            throw new IllegalArgumentException(
                    "snowflake has the settings `oauth-token-secret` and `pat-secret`; give one of them");
        }
        if (oauth != null) {
            return new Login.Token("OAUTH", oauth);
        }
        return personal != null
                ? new Login.Token("PROGRAMMATIC_ACCESS_TOKEN", personal)
                : new Login.KeyPair(or(settings.text("private-key-secret"), "snowflake_private_key"),
                        or(settings.text("private-key-passphrase-secret"), "snowflake_private_key_passphrase"));
    }

    private static String or(@Nullable String text, String unless) {
        return text == null ? unless : text;
    }

    /** By what a statement's user shows who he is. */
    Login login(Meta meta) {
        var secret = meta.secret();
        return secret == null ? login : new Login.KeyPair(secret, meta.passphrase());
    }
}
