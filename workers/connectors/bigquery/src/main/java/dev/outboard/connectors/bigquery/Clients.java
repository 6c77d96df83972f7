package dev.outboard.connectors.bigquery;

import com.google.auth.oauth2.GoogleCredentials;
import dev.outboard.spi.Budget;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/** One client for each credentials, and with it one access token an hour; the {@value #MOST} used last are kept. */
final class Clients {
    private static final int MOST = 64;

    private final BigQuerySettings settings;
    private final Budget budget;
    private final Map<String, Client> byDigest = new LinkedHashMap<>(MOST, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Client> eldest) {
            return size() > MOST;
        }
    };

    Clients(BigQuerySettings settings, Budget budget) {
        this.settings = settings;
        this.budget = budget;
    }

    /** Makes credentials. */
    interface Maker {
        GoogleCredentials make() throws NoLogin;
    }

    /** @param secret what tells these credentials from others; only its digest is kept */
    Client get(String secret, Maker maker) throws NoLogin {
        var digest = digest(secret);
        synchronized (byDigest) {
            var known = byDigest.get(digest);
            if (known != null) {
                return known;
            }
        }
        // outside of the lock: this may ask the machine it runs on
        var made = new Client(settings.rootUrl(), maker.make(), budget);
        synchronized (byDigest) {
            var known = byDigest.putIfAbsent(digest, made);
            return known == null ? made : known;
        }
    }

    private static String digest(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
