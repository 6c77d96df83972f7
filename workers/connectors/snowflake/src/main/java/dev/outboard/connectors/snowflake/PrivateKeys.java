package dev.outboard.connectors.snowflake;

import dev.outboard.support.UserFault;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.jspecify.annotations.Nullable;

/** Reads RSA private keys in PEM, PKCS#8, plain or encrypted with AES. No error tells anything of what it read. */
final class PrivateKeys {
    private static final Pattern PEM = Pattern
            .compile("-----BEGIN ([A-Z ]+)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----");
    private static final int LEAST_BITS = 2048;

    private PrivateKeys() {}

    /**
     * @param secret the secret's name, for the error
     * @param passphrase null if there is none
     * @param pointer to what names the secret
     */
    static RSAPrivateCrtKey read(String secret, String text, @Nullable String passphrase, String pointer)
            throws UserFault {
        // an environment variable may have its lines written in one
        var pem = PEM.matcher(text.replace("\\n", "\n").strip());
        if (!pem.matches()) {
            throw malformed(secret, "is no private key in PEM: it must begin with `-----BEGIN PRIVATE KEY-----`",
                    pointer);
        }
        try {
            var der = Base64.getMimeDecoder().decode(pem.group(2));
            var key = switch (pem.group(1)) {
                case "PRIVATE KEY" -> KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(der));
                case "ENCRYPTED PRIVATE KEY" -> decrypted(secret, der, passphrase, pointer);
                default -> throw malformed(secret, "holds a `" + pem.group(1)
                        + "`, not a PKCS#8 key; `openssl pkcs8 -topk8 -nocrypt -in FILE` makes one of an RSA key",
                        pointer);
            };
            if (key instanceof RSAPrivateCrtKey rsa && rsa.getModulus().bitLength() >= LEAST_BITS) {
                return rsa;
            }
            throw malformed(secret, "is no RSA key of at least " + LEAST_BITS + " bits", pointer);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw malformed(secret, "is no readable RSA private key", pointer);
        }
    }

    private static PrivateKey decrypted(String secret, byte[] der, @Nullable String passphrase,
            String pointer) throws UserFault, GeneralSecurityException {
        if (passphrase == null) {
            throw malformed(secret, "is encrypted, and no secret has its passphrase", pointer);
        }
        try {
            var info = new EncryptedPrivateKeyInfo(der);
            // of PBES2 the parameters know the whole name, of older ways the key does
            var whole = String.valueOf(info.getAlgParameters());
            var algorithm = whole.startsWith("PBEWith") ? whole : info.getAlgName();
            var cipher = Cipher.getInstance(algorithm);
            cipher.init(Cipher.DECRYPT_MODE,
                    SecretKeyFactory.getInstance(algorithm).generateSecret(new PBEKeySpec(passphrase.toCharArray())),
                    info.getAlgParameters());
            return KeyFactory.getInstance("RSA").generatePrivate(info.getKeySpec(cipher));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw malformed(secret, "is encrypted in a way that Java cannot read; `openssl pkcs8 -topk8 -v2 aes256`"
                    + " writes one that it can", pointer);
        } catch (InvalidKeySpecException | InvalidKeyException e) {
            throw malformed(secret, "cannot be decrypted with the passphrase that was given", pointer);
        }
    }

    private static UserFault malformed(String secret, String what, String pointer) {
        return new UserFault("MalformedSecret", "the secret `" + secret + "` " + what, pointer);
    }
}
