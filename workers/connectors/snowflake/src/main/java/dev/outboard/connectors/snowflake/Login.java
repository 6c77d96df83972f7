package dev.outboard.connectors.snowflake;

import org.jspecify.annotations.Nullable;

/** By which secrets somebody shows who he is: their names, never their values. */
sealed interface Login {
    /** @param passphrase is read if there is one of this name; null if the key has none */
    record KeyPair(String secret, @Nullable String passphrase) implements Login {}

    /** @param type as Snowflake's header names it */
    record Token(String type, String secret) implements Login {}
}
