package dev.outboard.spi;

import java.util.Optional;

/** Looks a secret up by name. Never keep, log or return what it gives. */
@FunctionalInterface
public interface SecretReader {
    /** The secret's present value, or empty if there is none of this name. Safe for many threads. */
    Optional<String> read(String name);
}
