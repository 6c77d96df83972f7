package dev.outboard.spi;

/**
 * What a connector needs to find its external job again. Durable, seen by people and by later versions of the connector,
 * so: no secret, and a layout that version N+1 can still read.
 *
 * @param version the layout of {@code value}, counted by the connector
 * @param value at most 4,096 characters
 */
public record Handle(int version, String value) {
    public Handle {
        if (value.length() > 4096) {
            throw new IllegalArgumentException("a handle has at most 4096 characters, this one has " + value.length());
        }
    }
}
