package dev.outboard.connectors.snowflake;

/** Where a job says by which secret it shows who it is. */
final class Secrets {
    private Secrets() {}

    /** The secret's name where the job gives it; else the user, for whom there is a secret or is none. */
    static String pointer(Meta meta) {
        return meta.form() == Meta.Form.V1
                ? "/template/config/user"
                : meta.secret() == null ? "/template/custom/user" : "/template/custom/secrets/snowflake_private_key";
    }
}
