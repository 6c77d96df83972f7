package dev.outboard.stores.gcs;

import com.google.api.client.http.HttpRequest;
import com.google.api.client.http.HttpRequestInitializer;
import com.google.api.client.http.HttpTransport;
import com.google.auth.http.HttpCredentialsAdapter;
import com.google.auth.oauth2.GoogleCredentials;
import com.google.auth.oauth2.ServiceAccountCredentials;
import dev.outboard.spi.SecretReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts credentials on requests, and sees to it that none takes for ever. Safe for many threads. */
final class Access implements HttpRequestInitializer {
    private static final List<String> SCOPES = List.of("https://www.googleapis.com/auth/devstorage.read_write");
    private static final int CONNECT_MILLIS = 5_000;
    /** Of silence. The worker's own deadline ends a slow write. */
    private static final int SILENCE_MILLIS = 20_000;

    /** Of which secret these are; they keep their token until it runs out. */
    private record Known(@Nullable String json, GoogleCredentials credentials) {}

    private final GcsSettings settings;
    private final SecretReader secrets;
    private final HttpTransport transport;
    private volatile @Nullable Known known;

    Access(GcsSettings settings, SecretReader secrets, HttpTransport transport) {
        this.settings = settings;
        this.secrets = secrets;
        this.transport = transport;
    }

    @Override
    public void initialize(HttpRequest request) throws IOException {
        if (!settings.anonymous()) {
            new HttpCredentialsAdapter(credentials()).initialize(request);
        }
        request.setConnectTimeout(CONNECT_MILLIS);
        request.setReadTimeout(SILENCE_MILLIS);
        request.setWriteTimeout(SILENCE_MILLIS);
        request.setIOExceptionHandler(null);
    }

    private GoogleCredentials credentials() throws IOException {
        var name = settings.secret();
        var json = name == null ? null : read(name);
        var now = known;
        if (now == null || json != null && !json.equals(now.json())) {
            now = new Known(json,
                    json == null ? GoogleCredentials.getApplicationDefault().createScoped(SCOPES) : account(json));
            known = now;
        }
        return now.credentials();
    }

    private String read(String name) throws IOException {
        return secrets.read(name).orElseThrow(() -> new IOException("this worker has no secret named " + name));
    }

    private GoogleCredentials account(String json) throws IOException {
        try (var in = new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8))) {
            return ServiceAccountCredentials.fromStream(in, () -> transport)
                    .toBuilder()
                    .setScopes(SCOPES)
                    // the worker itself tries again
                    .setDefaultRetriesEnabled(false)
                    .build();
        } catch (IllegalArgumentException | IOException e) {
            // what is wrong with it may quote it
            throw new IOException("the secret " + settings.secret() + " is no service account's JSON");
        }
    }
}
