package dev.outboard.connectors.snowflake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.nimbusds.jwt.SignedJWT;
import dev.outboard.spi.PollResult;
import dev.outboard.support.UserFault;
import dev.outboard.testkit.sim.Fault;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.SimClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;

/** Who asks, and with what. */
class TokensTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
    private static final Meta META = new Meta(Meta.Form.V1, "xy12345.us-east-2.aws", "flyte", "D", "S", "W", null,
            false,
            null, null, "");
    private static final Login LOGIN = new Login.KeyPair("key", "phrase");
    private static final String PEM = pem("PRIVATE KEY", key("RSA", 2048));

    private final SimClock clock = SimClock.standing(NOW);
    private final Tokens tokens = new Tokens(clock);

    private static byte[] key(String algorithm, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String kind, byte[] der) {
        return "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + kind
                + "-----\n";
    }

    private static String encrypted(String algorithm, String phrase) throws Exception {
        var cipher = Cipher.getInstance(algorithm);
        cipher.init(Cipher.ENCRYPT_MODE,
                SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(phrase.toCharArray())));
        var der = Base64.getMimeDecoder().decode(PEM.replaceAll("-----.*-----", ""));
        return pem("ENCRYPTED PRIVATE KEY",
                new EncryptedPrivateKeyInfo(cipher.getParameters(), cipher.doFinal(der)).getEncoded());
    }

    private Tokens.Token token(Map<String, String> secrets) throws UserFault {
        return tokens.token(META, LOGIN, name -> Optional.ofNullable(secrets.get(name)), "/x");
    }

    private String refused(Map<String, String> secrets) {
        var error = assertThrows(UserFault.class, () -> token(secrets)).error();
        assertEquals("MalformedSecret", error.code());
        assertEquals("/x", error.pointer());
        assertTrue(error.message().contains("`key`"), error.message());
        secrets.values().forEach(value -> assertFalse(error.message().contains(value)));
        return error.message();
    }

    @Test
    void aTokenNamesAccountAndUserInUpperCase() throws Exception {
        var claims = SignedJWT.parse(token(Map.of("key", PEM)).value()).getJWTClaimsSet();
        assertEquals("XY12345.FLYTE", claims.getSubject());
        assertTrue(claims.getIssuer().startsWith("XY12345.FLYTE.SHA256:"));
        var lasts = Duration.between(claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant());
        assertTrue(lasts.compareTo(Duration.ofHours(1)) <= 0, lasts.toString());
        assertFalse(token(Map.of("key", PEM)).toString().contains("ey"), "a token is not printed");
    }

    @Test
    void aTokenIsKeptFor55Minutes() throws Exception {
        var first = token(Map.of("key", PEM));
        clock.advance(Duration.ofMinutes(54));
        assertSame(first, token(Map.of("key", PEM)));
        clock.advance(Duration.ofMinutes(1));
        assertNotEquals(first, token(Map.of("key", PEM)));
    }

    @Test
    void aRotatedSecretIsUsedAtOnce() throws Exception {
        var first = token(Map.of("key", PEM));
        assertNotEquals(first, token(Map.of("key", pem("PRIVATE KEY", key("RSA", 2048)))));
    }

    @Test
    void aRefusedTokenIsSignedAnewByTheAccountsClock() throws Exception {
        var first = token(Map.of("key", PEM));
        assertTrue(tokens.refused(META, first, NOW.plus(Duration.ofHours(2))));
        var issued = SignedJWT.parse(token(Map.of("key", PEM)).value()).getJWTClaimsSet().getIssueTime().toInstant();
        assertEquals(NOW.plus(Duration.ofMinutes(119)), issued);
        assertFalse(tokens.refused(META, new Tokens.Token("OAUTH", "x"), null), "the next one would be the same");
    }

    /** Made for this test by openssl, all of one key that nobody uses. */
    private static String openssl(String cipher) throws Exception {
        return Files.readString(Path.of("src/test/resources/keys/" + cipher + ".p8"));
    }

    @Test
    void encryptedKeysAreReadWithTheirPassphrase() throws Exception {
        for (var pem : List.of(openssl("aes256"), openssl("aes128"),
                encrypted("PBEWithSHA1AndDESede", "sesame-sesame"))) {
            assertEquals("KEYPAIR_JWT", token(Map.of("key", pem, "phrase", "sesame-sesame")).type());
            assertTrue(refused(Map.of("key", pem, "phrase", "another-one")).contains("passphrase"));
            assertTrue(refused(Map.of("key", pem)).contains("no secret has its passphrase"));
        }
        assertTrue(refused(Map.of("key", openssl("des3"), "phrase", "sesame-sesame")).contains("-v2 aes256"));
    }

    @Test
    void malformedKeysAreNamedAndNotShown() {
        refused(Map.of("key", "hunter2"));
        refused(Map.of("key", pem("PRIVATE KEY", "hunter2hunter2".getBytes())));
        assertTrue(refused(Map.of("key", pem("RSA PRIVATE KEY", "x".getBytes()))).contains("openssl pkcs8"));
        assertTrue(refused(Map.of("key", pem("PRIVATE KEY", key("RSA", 1024)))).contains("2048"));
        refused(Map.of("key", pem("PRIVATE KEY", key("EC", 256))));
        refused(Map.of("key", pem("ENCRYPTED PRIVATE KEY", "x".getBytes()), "phrase", "sesame-sesame"));
    }

    @Test
    void aKeyInOneLineIsRead() throws Exception {
        assertEquals(token(Map.of("key", PEM)).type(), token(Map.of("key", PEM.replace("\n", "\\n"))).type());
    }

    @Test
    void oauthAndPersonalTokensAreSentAsTheyAre() throws Exception {
        for (var name : new String[]{"oauth-token-secret", "pat-secret"}) {
            try (var bench = new Bench(Map.of(name, "token"))) {
                bench.secrets.put("token", "a-good-one\n");
                bench.snowflake.oauth("a-good-one", "FLYTE");
                bench.snowflake.personal("a-good-one", "FLYTE");
                assertInstanceOf(PollResult.Succeeded.class, bench.end("SELECT 1"));
            }
        }
    }

    @Test
    void a401CostsOneMoreRequestAndOneMoreOfTheBudget() throws Exception {
        try (var bench = new Bench()) {
            bench.snowflake.faults().next(Operation.CREATE, new Fault.Answer(bench.snowflake.unauthorized(), false));
            bench.create("SELECT 1");
            assertEquals(2, bench.snowflake.requests(Operation.CREATE));
            assertEquals(1, bench.taken.size());
        }
    }
}
