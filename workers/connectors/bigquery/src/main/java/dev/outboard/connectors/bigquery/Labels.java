package dev.outboard.connectors.bigquery;

import dev.outboard.spi.CreateRequest;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Labels as BigQuery allows them: at most 64, lower case letters, digits, {@code _} and {@code -}, 63 characters, keys
 * beginning with a letter. The caller's are bent to that; ours tell what a job is, and begin with {@code outboard-}.
 */
final class Labels {
    static final String INSTALLATION = "outboard-installation";
    static final String TASK_TYPE = "outboard-task-type";
    static final String JOB = "outboard-job";
    static final String KEY = "outboard-key";
    static final String FINGERPRINT = "outboard-fingerprint";
    /** In the place of a fingerprint: the key is taken so that nothing else can have it. */
    static final String OCCUPIED = "occupied";
    private static final int MOST = 64;
    private static final int LONGEST = 63;
    private static final int HASH_DIGITS = 50;

    private Labels() {}

    static Map<String, String> of(CreateRequest request, String fingerprint) {
        var labels = new LinkedHashMap<String, String>();
        labels.put(INSTALLATION, installation(request.installation()));
        labels.put(TASK_TYPE, bent(request.template().type()));
        labels.put(JOB, request.jobId());
        labels.put(KEY, request.key());
        labels.put(FINGERPRINT, fingerprint);
        new TreeMap<>(request.labels()).forEach((key, value) -> {
            var name = key(key);
            if (labels.size() < MOST && !name.isEmpty()) {
                labels.putIfAbsent(name, bent(value));
            }
        });
        return labels;
    }

    /** An installation's name tells upper from lower case, a label does not: a digest of it, 50 of {@code [0-9a-z]}. */
    static String installation(String name) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            var digits = new BigInteger(1, digest).toString(36);
            return "0".repeat(Math.max(0, HASH_DIGITS - digits.length())) + digits;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(String key) {
        var bent = bent(key);
        return bent.isEmpty() || Character.isLetter(bent.charAt(0)) ? bent : cut("l_" + bent);
    }

    private static String bent(String text) {
        return cut(text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "_"));
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
