package dev.outboard.connectors.bigquery;

import com.google.api.client.json.GenericJson;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.outboard.support.AllowedHosts;
import dev.outboard.support.UserFault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads Google's key files. Only a service account's may come from a job: other kinds name files, commands and URLs. */
final class KeyFiles {
    static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/bigquery");
    private static final String GOOGLE = "googleapis.com";

    private KeyFiles() {}

    /**
     * @param operators true if the operator has put it here, so that it may be of any kind
     * @throws IllegalArgumentException saying what is wrong, a clause without secrets
     */
    static GoogleCredentials read(String text, boolean operators, AllowedHosts hosts) {
        var json = object(text);
        var type = json.get("type");
        if (!"service_account".equals(type) && !operators) {
            throw new IllegalArgumentException("it is no service account's key file (its `type` is not"
                    + " `service_account`)");
        }
        boolean account = "service_account".equals(type);
        if (account) {
            tokenHost(json.get("token_uri"), hosts);
            universe(json.get("universe_domain"));
        }
        try {
            return account ? serviceAccount(text) : GoogleCredentials.fromStream(stream(text)).createScoped(SCOPES);
        } catch (IOException | RuntimeException e) {
            // the library's message may quote the file
            throw new IllegalArgumentException("it is a key file that lacks something, or whose private key cannot be"
                    + " read");
        }
    }

    private static GenericJson object(String text) {
        try {
            return Json.object(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not the JSON of a key file");
        }
    }

    private static GoogleCredentials serviceAccount(String text) throws IOException {
        return ServiceAccountCredentials.fromStream(stream(text))
                .toBuilder()
                .setScopes(SCOPES)
                // its own would hold the call for seven seconds and then look permanent
                .setDefaultRetriesEnabled(false)
                .build();
    }

    private static ByteArrayInputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Tokens are fetched from there, by a worker that can reach what others cannot. */
    private static void tokenHost(@Nullable Object tokenUri, AllowedHosts hosts) {
        if (tokenUri == null) {
            return;
        }
        try {
            var uri = new URI(String.valueOf(tokenUri));
            var allowed = hosts.url(String.valueOf(uri.getRawAuthority()), "");
            if ((uri.getScheme() + "://" + uri.getRawAuthority()).equalsIgnoreCase(allowed.toString())) {
                return;
            }
        } catch (URISyntaxException | UserFault e) {
            // told below
        }
        throw new IllegalArgumentException("its `token_uri` is not on one of Google's hosts; the operator allows more"
                + " with the setting `allowed-hosts`");
    }

    private static void universe(@Nullable Object domain) {
        if (domain != null && !GOOGLE.equals(domain)) {
            throw new IllegalArgumentException("its `universe_domain` is not " + GOOGLE);
        }
    }
}
