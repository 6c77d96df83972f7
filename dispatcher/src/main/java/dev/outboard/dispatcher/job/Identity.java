package dev.outboard.dispatcher.job;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.random.RandomGenerator;

/**
 * Makes the names that outlive a process: job ids and external keys. All carry the installation, so that two
 * installations on one platform never adopt or cancel each other's jobs.
 */
public final class Identity {
    private Identity() {}

    /** An id for a create without an idempotency key, as unlikely to come twice as {@code random} is good. */
    public static JobId random(RandomGenerator random) {
        return new JobId(random.nextLong(), random.nextLong());
    }

    /** The id for a create with an idempotency key: the same whenever the same tenant repeats the key for the type. */
    public static JobId keyed(String installation, Tenant tenant, String taskType, String key) {
        return JobId.of(sha256(installation, tenant.project(), tenant.domain(), taskType, key));
    }

    /** What a platform is to dedupe by: one for each attempt of each incarnation of a job. 52 characters of base32. */
    public static String externalKey(String installation, JobId id, long incarnation, int attempt) {
        return Base32
                .encode(sha256(installation, id.toString(), Long.toString(incarnation), Integer.toString(attempt)));
    }

    /** A digest as a label's value: 32 bytes give 52 characters {@code [a-z2-7]}. */
    public static String text(Bytes digest) {
        return Base32.encode(digest.array());
    }

    /** Each part is preceded by its length, so that no two lists of parts read the same. */
    private static byte[] sha256(String... parts) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var part : parts) {
                var utf8 = part.getBytes(StandardCharsets.UTF_8);
                digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).array());
                digest.update(utf8);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
