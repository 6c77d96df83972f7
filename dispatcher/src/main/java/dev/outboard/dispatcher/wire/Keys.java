package dev.outboard.dispatcher.wire;

import dev.outboard.dispatcher.job.JobId;
import java.util.Arrays;

/** The keys of a state topic: 16 bytes are a job record's, 17 a spec's; any other length is control. */
public final class Keys {
    private static final byte SPEC = 1;
    private static final byte[] WATERMARK = {0};

    /** What a state topic's record is about. */
    public enum Kind {
        JOB, SPEC, WATERMARK, OTHER
    }

    private Keys() {}

    public static byte[] job(JobId id) {
        return id.bytes();
    }

    public static byte[] spec(JobId id) {
        var key = Arrays.copyOf(id.bytes(), JobId.SIZE + 1);
        key[JobId.SIZE] = SPEC;
        return key;
    }

    public static byte[] watermark() {
        return WATERMARK.clone();
    }

    public static Kind kind(byte[] key) {
        if (key.length == JobId.SIZE) {
            return Kind.JOB;
        }
        if (key.length == JobId.SIZE + 1 && key[JobId.SIZE] == SPEC) {
            return Kind.SPEC;
        }
        return Arrays.equals(key, WATERMARK) ? Kind.WATERMARK : Kind.OTHER;
    }
}
