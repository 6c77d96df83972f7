package dev.outboard.connectors.snowflake;

import dev.outboard.spi.PlatformError;
import dev.outboard.spi.PlatformError.Category;
import dev.outboard.spi.TaskError;
import dev.outboard.spi.TaskError.Kind;
import org.jspecify.annotations.Nullable;

/** In whose hands a failed statement lies, by Snowflake's code; the history has no SQL state, so none is asked for. */
final class SqlErrors {
    static final String PLATFORM = "Snowflake";
    static final String CANCELLED = "000604";
    static final String NOT_FOUND = "000709";

    /** @param pointer to what is wrong, or null */
    private record Verdict(Kind kind, String code, boolean retryable, Category category, @Nullable String pointer,
            @Nullable String next) {}

    private SqlErrors() {}

    /**
     * @param code six digits; fewer are filled up, for the history tells numbers
     * @param meta the statement's
     */
    static TaskError of(String code, String message, Meta meta) {
        var verdict = verdict(filled(code), meta);
        return new TaskError(verdict.kind(), verdict.code(), message, verdict.retryable(), verdict.pointer(),
                verdict.next(), new PlatformError(PLATFORM, verdict.category(), code.isEmpty() ? null : filled(code),
                        meta.queryId().isEmpty() ? null : meta.queryId(),
                        meta.queryId().isEmpty() ? null : meta.page()));
    }

    static String filled(String code) {
        return code.matches("\\d{1,5}") ? "0".repeat(6 - code.length()) + code : code;
    }

    private static Verdict verdict(String code, Meta meta) {
        var where = meta.form() == Meta.Form.V1 ? "/template/config" : "/template/custom";
        return switch (code) {
            case "001003" -> sql("Correct the statement's syntax.");
            case "000904" -> sql("Correct the column's name.");
            case "002003", "002043" -> sql("Check the object's name, and that the role may use it.");
            case "003001" -> new Verdict(Kind.USER, "NotPermitted", false, Category.AUTH, Pyformat.STATEMENT,
                    "Have the missing privilege granted to the user's role.");
            case "000606", "090106" -> new Verdict(Kind.USER, "NoWarehouse", false, Category.USER, where + "/warehouse",
                    "Name a warehouse that exists and that the role may use.");
            case "390186", "390189" -> new Verdict(Kind.USER, "NoRole", false, Category.AUTH, where,
                    "Name a role that exists and that the user has.");
            case "090105", "390201" -> new Verdict(Kind.USER, "NoDatabase", false, Category.USER, where + "/database",
                    "Name a database that exists and that the role may use.");
            case "090073" -> new Verdict(Kind.USER, "QuotaExceeded", false, Category.QUOTA, where + "/warehouse",
                    "Wait for the resource monitor's next interval, or have its quota raised.");
            case "391908" -> sql("Return fewer rows, or write them to a table.");
            case "000625" -> passing("Locked", Category.TRANSIENT);
            case "000630", "000624" -> passing("Timeout", Category.TIMEOUT);
            case "000603", "000609", "000608" -> passing("SnowflakeIncident", Category.TRANSIENT);
            case CANCELLED -> new Verdict(Kind.USER, "Cancelled", false, Category.CANCELLED, null, null);
            default -> other(code);
        };
    }

    private static Verdict other(String code) {
        return code.startsWith("3") && !code.startsWith("39")
                ? passing("SnowflakeIncident", Category.TRANSIENT)
                : sql(null);
    }

    private static Verdict sql(@Nullable String next) {
        return new Verdict(Kind.USER, "InvalidQuery", false, Category.USER, Pyformat.STATEMENT, next);
    }

    private static Verdict passing(String code, Category category) {
        return new Verdict(Kind.SYSTEM, code, true, category, null, null);
    }

    /** Of a request that was refused before there was a statement. */
    static TaskError refused(Answer answer, Meta meta, String pointer) {
        int status = answer.status();
        var said = new PlatformError(PLATFORM, status == 401 || status == 403 ? Category.AUTH : Category.USER,
                answer.code().isEmpty() ? null : answer.code(), null, null);
        return (switch (status) {
            case 401 -> new TaskError(Kind.SYSTEM, "NotAuthenticated", "Snowflake does not accept the credentials of `"
                    + meta.user() + "`: " + answer.told(), true, null,
                    "Check that the user's public key or token is the one that belongs to the worker's secret.", null);
            case 403 -> new TaskError(Kind.USER, "NotPermitted", "Snowflake refuses this request: " + answer.told(),
                    false, pointer + "/user", "Check the account's network policies and the user's grants.", null);
            case 404 -> new TaskError(Kind.USER, "NoSuchAccount", "there is no Snowflake account at this address: "
                    + answer.told(), false, pointer + "/account", "Correct the account identifier.", null);
            default -> TaskError.system("RequestRefused", "Snowflake refuses the request: " + answer.told(), false);
        }).from(said);
    }
}
