package dev.outboard.support;

import java.util.List;
import java.util.regex.Pattern;

/**
 * The buckets that jobs may have outputs written to. Whoever hands over jobs must not be able to write wherever the worker's
 * credentials let it.
 */
public final class Buckets {
    private static final Pattern BUCKET = Pattern.compile("[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]");
    /** What no tool writes into a key of its own accord, and no URI with a secret in it goes without. */
    private static final Pattern ODD = Pattern.compile("[?#\\p{Cntrl}]|(^|/)\\.{1,2}(/|$)");

    /** An object. */
    public record Place(String bucket, String key) {}

    /** It may not be written; the message is a clause for people that says what would do. */
    public static final class NotAllowed extends Exception {
        private static final long serialVersionUID = 1;

        private NotAllowed(String why) {
            super(why, null, false, false);
        }

        /** Never null. */
        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    private final String scheme;
    private final String setting;
    private final List<String> allowed;

    /**
     * @param scheme such as {@code s3}
     * @param setting that {@code allowed} is from, for messages
     * @param allowed buckets, or {@code bucket/path} for what is below a path; {@code *} for any bucket; may be empty
     * @throws IllegalArgumentException if one is no bucket
     */
    public Buckets(String scheme, String setting, List<String> allowed) {
        this.scheme = scheme;
        this.setting = setting;
        this.allowed = allowed.stream()
                .map(name -> name.endsWith("/") ? name.substring(0, name.length() - 1) : name)
                .toList();
        for (var name : this.allowed) {
            if (!name.equals("*") && !BUCKET.matcher(name.split("/", 2)[0]).matches()) {
                throw new IllegalArgumentException(
                        "the setting " + setting + " names buckets with commas, as `bucket` or "
                                + "`bucket/path`, or `*` for any; `" + name + "` is none");
            }
        }
    }

    /** True if none is allowed. */
    public boolean none() {
        return allowed.isEmpty();
    }

    /** @param uri {@code scheme://bucket/key}, from a job */
    public Place locate(String uri) throws NotAllowed {
        if (none()) {
            throw new NotAllowed(
                    "the worker's setting " + setting + ", which says to which buckets they may go, is not set");
        }
        int bucketAt = scheme.length() + 3;
        int keyAt = uri.indexOf('/', bucketAt) + 1;
        var bucket = uri.regionMatches(true, 0, scheme + "://", 0, bucketAt) && keyAt > bucketAt
                ? uri.substring(bucketAt, keyAt - 1)
                : "";
        var key = uri.substring(keyAt);
        // what is wrong is not repeated: a name and password may be in it
        if (!BUCKET.matcher(bucket).matches() || key.isEmpty() || ODD.matcher(key).find()) {
            throw new NotAllowed(
                    "the job's output_prefix is none such as " + scheme + "://bucket/path, without `?`, `#` and "
                            + "`..`");
        }
        if (allowed.stream().noneMatch(name -> name.equals("*") || (bucket + "/" + key).startsWith(name + "/"))) {
            throw new NotAllowed(
                    "the worker's setting " + setting + " does not name the job's output_prefix, in the bucket "
                            + bucket);
        }
        return new Place(bucket, key);
    }
}
