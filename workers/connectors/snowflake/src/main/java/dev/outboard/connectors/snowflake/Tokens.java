package dev.outboard.connectors.snowflake;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.outboard.spi.SecretReader;
import dev.outboard.support.UserFault;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What requests show who they come from with. Secrets are read for each request, so that a rotated one is used at once; a
 * signature takes a millisecond, so signed tokens are kept, by the hash of what signed them. Safe for many threads.
 */
final class Tokens {
    /** Snowflake takes none that is good for more than an hour; a part of that is for clocks that differ. */
    private static final Duration BEFORE = Duration.ofMinutes(1);
    private static final Duration GOOD_FOR = Duration.ofMinutes(57);
    private static final Duration KEPT = Duration.ofMinutes(55);
    private static final Duration TOLERATED = Duration.ofSeconds(30);
    private static final int MOST = 1_000;

    /** @param type as Snowflake's header names it */
    record Token(String type, String value) {
        @Override
        public String toString() {
            return type;
        }
    }

    private record Signed(Token token, Instant until) {}

    private final Clock clock;
    private final Map<String, Signed> signed = new ConcurrentHashMap<>();
    private final Map<String, Duration> ahead = new ConcurrentHashMap<>();

    Tokens(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param pointer to what names the secret, or to who needs one
     * @throws UserFault if a secret is missing or malformed
     */
    Token token(Meta meta, Login login, SecretReader secrets, String pointer) throws UserFault {
        return switch (login) {
            case Login.Token(var type, var secret) -> new Token(type, secret(secret, secrets, pointer).strip());
            case Login.KeyPair(var secret, var passphrase) -> {
                var pem = secret(secret, secrets, pointer);
                var phrase = passphrase == null ? null : secrets.read(passphrase).orElse(null);
                var who = meta.where().issuer() + "." + meta.user().toUpperCase(Locale.ROOT);
                var name = who + " " + hash(pem + "\0" + phrase);
                var known = signed.get(name);
                if (known == null || !clock.instant().isBefore(known.until())) {
                    known = sign(who, PrivateKeys.read(secret, pem, phrase, pointer));
                    if (signed.size() >= MOST) {
                        signed.clear();
                    }
                    signed.put(name, known);
                }
                yield known.token();
            }
        };
    }

    private static String secret(String name, SecretReader secrets, String pointer) throws UserFault {
        var value = secrets.read(name);
        if (value.isEmpty() || value.get().isBlank()) {
            throw new UserFault("MissingSecret", "there is no secret `" + name
                    + "`, which Snowflake is to be asked with; the worker looks for the variable OUTBOARD_SECRET_"
                    + name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_')
                    + " and for a file of that name in its secrets folder", pointer);
        }
        return value.get();
    }

    private Signed sign(String who, RSAPrivateCrtKey key) {
        try {
            var account = who.substring(0, who.indexOf('.'));
            var now = clock.instant();
            var there = now.plus(ahead.getOrDefault(account, Duration.ZERO));
            var claims = new JWTClaimsSet.Builder().issuer(who + "." + fingerprint(key))
                    .subject(who)
                    .issueTime(Date.from(there.minus(BEFORE)))
                    .expirationTime(Date.from(there.plus(GOOD_FOR)))
                    .build();
            var jwt = new SignedJWT(new JWSHeader(JWSAlgorithm.RS256), claims);
            jwt.sign(new RSASSASigner(key));
            return new Signed(new Token("KEYPAIR_JWT", jwt.serialize()), now.plus(KEPT));
        } catch (JOSEException | GeneralSecurityException e) {
            throw new IllegalStateException("a token cannot be signed: " + e.getClass().getSimpleName());
        }
    }

    /**
     * The account refused a token: the next one is new, and signed by the account's own clock if that differs from ours.
     *
     * @param there the time at the account, or null if it did not tell
     * @return false if the next token would be no other
     */
    boolean refused(Meta meta, Token token, @Nullable Instant there) {
        if (!token.type().equals("KEYPAIR_JWT")) {
            return false;
        }
        if (there != null) {
            var difference = Duration.between(clock.instant(), there);
            if (difference.abs().compareTo(TOLERATED) > 0) {
                ahead.put(meta.where().issuer(), difference);
            } else {
                ahead.remove(meta.where().issuer());
            }
        }
        signed.values().removeIf(known -> known.token().equals(token));
        return true;
    }

    private static String fingerprint(RSAPrivateCrtKey key) throws GeneralSecurityException {
        var spki = KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()))
                .getEncoded();
        return "SHA256:" + Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(spki));
    }

    private static String hash(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(
                            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
