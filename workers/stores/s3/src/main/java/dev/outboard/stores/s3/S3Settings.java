package dev.outboard.stores.s3;

import dev.outboard.spi.SecretReader;
import dev.outboard.support.Buckets;
import dev.outboard.support.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The store's settings, by the names an operator writes.
 *
 * @param buckets {@code buckets}: that may be written to; the others are of no use without it
 * @param region {@code region}: of the buckets; needed unless {@code endpoint} is given
 * @param endpoint {@code endpoint}: a URL instead of Amazon's
 * @param pathStyle {@code path-style}: the bucket in the path, not in the host; with an endpoint unless it says false
 * @param accessKey {@code access-key-secret}: name of the secret with the access key's id; Amazon's default chain unless given
 * @param secretKey {@code secret-key-secret}: name of the secret with the secret access key
 * @param sessionToken {@code session-token-secret}: name of the secret with the session token
 */
record S3Settings(Buckets buckets, String region, @Nullable URI endpoint, boolean pathStyle, @Nullable String accessKey,
        @Nullable String secretKey, @Nullable String sessionToken) {
    private static final Set<String> NAMES = Set.of("buckets", "region", "endpoint", "path-style", "access-key-secret",
            "secret-key-secret", "session-token-secret");
    private static final Duration CONNECT = Duration.ofSeconds(5);
    /** Of silence. The worker's own deadline ends a slow write. */
    private static final Duration SILENCE = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 64;

    /** @throws IllegalArgumentException naming what is wrong */
    static S3Settings of(Map<String, String> given) {
        var settings = new Settings("s3", given, NAMES);
        var buckets = new Buckets("s3", S3Store.SETTING, settings.list("buckets"));
        var endpoint = settings.url("endpoint");
        var region = settings.text("region");
        var accessKey = settings.text("access-key-secret");
        var secretKey = settings.text("secret-key-secret");
        if (buckets.none() && !given.isEmpty()) {
            throw new IllegalArgumentException(
                    "s3 needs the setting `buckets`, the buckets that jobs may have outputs written "
                            + "to, with commas");
        }
        if (!buckets.none() && region == null && endpoint == null) {
            throw new IllegalArgumentException("s3 needs the setting `region`, such as eu-central-1");
        }
        if ((accessKey == null) != (secretKey == null)) {
            throw new IllegalArgumentException("s3's settings `access-key-secret` and `secret-key-secret` go together");
        }
        return new S3Settings(buckets, region == null ? "us-east-1" : region, endpoint,
                settings.flag("path-style", endpoint != null), accessKey, secretKey,
                settings.text("session-token-secret"));
    }

    S3Client client(SecretReader secrets) {
        var builder = S3Client.builder()
                .region(Region.of(region))
                .forcePathStyle(pathStyle)
                // the whole is at hand, so it is signed as one
                .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
                .credentialsProvider(credentials(secrets))
                // what others made of the protocol knows no trailing checksums
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
                .httpClientBuilder(ApacheHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(SILENCE)
                        .maxConnections(CONNECTIONS));
        return endpoint == null ? builder.build() : builder.endpointOverride(endpoint).build();
    }

    private AwsCredentialsProvider credentials(SecretReader secrets) {
        if (accessKey == null || secretKey == null) {
            return DefaultCredentialsProvider.builder().build();
        }
        // read anew each time: they may be rotated
        return () -> {
            var key = read(secrets, accessKey);
            var secret = read(secrets, secretKey);
            return sessionToken == null
                    ? AwsBasicCredentials.create(key, secret)
                    : AwsSessionCredentials.create(key, secret, read(secrets, sessionToken));
        };
    }

    private static String read(SecretReader secrets, String name) {
        return secrets.read(name)
                .orElseThrow(() -> new IllegalStateException("this worker has no secret named " + name));
    }
}
