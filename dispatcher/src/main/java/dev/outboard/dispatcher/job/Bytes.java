package dev.outboard.dispatcher.job;

import java.util.Arrays;

/** An immutable run of bytes that the core carries and never looks into: a spec, outputs, a fingerprint. */
public final class Bytes {
    private final byte[] bytes;

    private Bytes(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over: the caller must not change it afterwards. */
    public static Bytes of(byte[] bytes) {
        return new Bytes(bytes);
    }

    /** The bytes themselves, not a copy: do not change them. */
    public byte[] array() {
        return bytes;
    }

    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Only the size: what is inside may be private. */
    @Override
    public String toString() {
        return bytes.length + " bytes";
    }
}
