package dev.outboard.stores.gcs;

import dev.outboard.support.Buckets;
import dev.outboard.support.Settings;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store's settings, by the names an operator writes.
 *
 * @param buckets {@code buckets}: that may be written to; the others are of no use without it
 * @param endpoint {@code endpoint}: a URL instead of Google's
 * @param secret {@code credentials-secret}: name of the secret with a service account's JSON; Google's default credentials
 *     unless given
 * @param anonymous {@code anonymous}: no credentials at all, for emulators
 */
record GcsSettings(Buckets buckets, @Nullable URI endpoint, @Nullable String secret, boolean anonymous) {
    private static final Set<String> NAMES = Set.of("buckets", "endpoint", "credentials-secret", "anonymous");

    /** @throws IllegalArgumentException naming what is wrong */
    static GcsSettings of(Map<String, String> given) {
        var settings = new Settings("gcs", given, NAMES);
        var buckets = new Buckets("gs", GcsStore.SETTING, settings.list("buckets"));
        if (buckets.none() && !given.isEmpty()) {
            throw new IllegalArgumentException(
                    "gcs needs the setting `buckets`, the buckets that jobs may have outputs written "
                            + "to, with commas");
        }
        var secret = settings.text("credentials-secret");
        boolean anonymous = settings.flag("anonymous", false);
        if (anonymous && secret != null) {
            throw new IllegalArgumentException(
                    "gcs's settings `anonymous` and `credentials-secret` do not go together");
        }
        return new GcsSettings(buckets, settings.url("endpoint"), secret, anonymous);
    }
}
