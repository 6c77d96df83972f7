package dev.outboard.connectors.snowflake;

import dev.outboard.support.UserFault;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A Snowflake account's identifier: {@code MYORG-ACCOUNT1}, or a locator with its region, {@code xy12345.us-east-2.aws}. It
 * becomes a part of the host's name, so nothing else passes.
 *
 * @param given as the job writes it
 */
record Account(String given) {
    private static final Pattern PLAIN = Pattern
            .compile(
                    "[A-Za-z0-9](?:[A-Za-z0-9_-]{0,60}[A-Za-z0-9])?(?:\\.[A-Za-z0-9](?:[A-Za-z0-9_-]{0,60}[A-Za-z0-9])?){0,3}");
    private static final String DOMAIN = ".snowflakecomputing.";

    static Account of(String text, String pointer) throws UserFault {
        if (!PLAIN.matcher(text).matches() || text.toLowerCase(Locale.ROOT).contains(DOMAIN)) {
            throw new UserFault("InvalidAccount", "the account must be a plain account identifier, such as "
                    + "`MYORG-ACCOUNT1` or `xy12345.us-east-2.aws`: no URL, host name, port or path", pointer);
        }
        return new Account(text);
    }

    /** Host names have no underscores; Snowflake takes a hyphen in their place. */
    String host() {
        return given.toLowerCase(Locale.ROOT).replace('_', '-') + DOMAIN + (region().startsWith("cn-") ? "cn" : "com");
    }

    /** The name that a token is issued for: without region, in upper case. */
    String issuer() {
        int dot = given.indexOf('.');
        return (dot < 0 ? given : given.substring(0, dot)).toUpperCase(Locale.ROOT);
    }

    private String region() {
        int dot = given.indexOf('.');
        return dot < 0 ? "" : given.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** Where the account's pages begin below the console's address, as Flyte's connectors of this form link to them. */
    String path(Meta.Form form) {
        int dot = given.indexOf('.');
        if (dot >= 0) {
            return given.substring(dot + 1) + "/" + given.substring(0, dot);
        }
        var parts = given.split("-", form == Meta.Form.V1 ? -1 : 2);
        if (parts.length == 1) {
            return given;
        }
        return form == Meta.Form.V1 ? parts[1] + "/" + parts[0] : parts[0] + "/" + parts[1];
    }
}
