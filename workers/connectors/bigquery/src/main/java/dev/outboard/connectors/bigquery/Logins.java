package dev.outboard.connectors.bigquery;

import com.google.auth.oauth2.AccessToken;
import com.google.auth.oauth2.GoogleCredentials;
import dev.outboard.spi.PlatformError;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Whose credentials a call is made with: those of a secret that the job names, else the operator's key file, its secret, its
 * access token, else what Google's libraries find on this machine. Looked up for every call, for they may be rotated.
 */
final class Logins {
    static final String MEMBER = "google_application_credentials";
    static final String POINTER = "/template/custom/secrets/" + MEMBER;

    private final BigQuerySettings settings;
    private final SecretReader workers;
    private final Clients clients;

    Logins(BigQuerySettings settings, SecretReader workers, Clients clients) {
        this.settings = settings;
        this.workers = workers;
        this.clients = clients;
    }

    /**
     * @param named the secret that the job names, or null
     * @param secrets of the job
     */
    Client client(@Nullable String named, SecretReader secrets) throws NoLogin {
        if (named != null) {
            // Flyte 2 brings it under the member's name, everybody else keeps it under its own
            var text = secrets.read(named).or(() -> secrets.read(MEMBER)).orElseThrow(() -> missing(named));
            return clients.get(text, () -> jobs(named, text));
        }
        var file = settings.credentialsFile();
        if (file != null) {
            var text = content(file);
            return clients.get(text, () -> operators("the key file of the setting `credentials-file`", text));
        }
        var secret = settings.credentialsSecret();
        if (secret != null) {
            var text = secret("credentials-secret", secret);
            return clients.get(text, () -> operators("the secret `" + secret + "` of the setting `credentials-secret`",
                    text));
        }
        var token = settings.tokenSecret();
        if (token != null) {
            var text = secret("access-token-secret", token).strip();
            return clients.get(text, () -> GoogleCredentials.create(new AccessToken(text, null)));
        }
        return clients.get("", Logins::found);
    }

    /** What can be seen to be wrong without asking anybody. */
    void check(@Nullable String named, SecretReader secrets) throws NoLogin {
        if (named != null || settings.credentialsFile() != null || settings.credentialsSecret() != null
                || settings.tokenSecret() != null) {
            client(named, secrets);
        }
    }

    private GoogleCredentials jobs(String named, String text) throws NoLogin {
        try {
            return KeyFiles.read(text, false, settings.tokenHosts());
        } catch (IllegalArgumentException e) {
            throw new NoLogin(TaskError.user("InvalidCredentials", "the secret `" + named + "` cannot be used: "
                    + e.getMessage(), POINTER)
                    .next("Store a service account's key file, as Google's console gives it, in"
                            + " this secret."),
                    false);
        }
    }

    private GoogleCredentials operators(String what, String text) throws NoLogin {
        try {
            return KeyFiles.read(text, true, settings.tokenHosts());
        } catch (IllegalArgumentException e) {
            throw unusable(what + " cannot be used: " + e.getMessage());
        }
    }

    private static GoogleCredentials found() throws NoLogin {
        try {
            return GoogleCredentials.getApplicationDefault().createScoped(KeyFiles.SCOPES);
        } catch (IOException | RuntimeException e) {
            // where a machine has just started, its metadata service may not answer yet
            throw unusable("no Google credentials are set, and none are found on the worker's machine", true);
        }
    }

    private String secret(String setting, String name) throws NoLogin {
        return workers.read(name)
                .orElseThrow(() -> unusable("the setting `" + setting + "` names the secret `" + name
                        + "`, and the worker has none of this name"));
    }

    private static String content(Path file) throws NoLogin {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw unusable("the key file of the setting `credentials-file` cannot be read: " + file);
        }
    }

    private static NoLogin missing(String named) {
        return new NoLogin(TaskError.user("MissingSecret", "the job names the secret `" + named
                + "`, and there is none of this name", POINTER)
                .next("Give the worker the environment variable OUTBOARD_SECRET_<NAME>, or name another secret."),
                false);
    }

    private static NoLogin unusable(String why) {
        return unusable(why, false);
    }

    private static NoLogin unusable(String why, boolean retryable) {
        return new NoLogin(TaskError.system("NoCredentials", why, retryable)
                .next("Set connectors.bigquery.credentials-file, .credentials-secret or .access-token-secret, or"
                        + " GOOGLE_APPLICATION_CREDENTIALS, for the worker.")
                .from(new PlatformError(Reasons.PLATFORM, PlatformError.Category.AUTH, null, null, null)), false);
    }
}
