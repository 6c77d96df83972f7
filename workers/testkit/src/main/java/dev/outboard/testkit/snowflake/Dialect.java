package dev.outboard.testkit.snowflake;

import java.time.Instant;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The words that Snowflake and DuckDB call by different names. Everything else either runs on both, or fails here. */
final class Dialect {
    private static final String SKIPPED = "'(?:[^'\\\\]++|\\\\.|'')*+'|\"(?:[^\"]++|\"\")*+\"|--[^\n]*|/\\*(?s:.*?)\\*/";
    private static final Pattern TOKEN = Pattern.compile(SKIPPED + "|current_timestamp\\s*\\(\\s*\\)"
            + "|\\b[a-z_][a-z0-9_$]*\\b|;", Pattern.CASE_INSENSITIVE);

    private Dialect() {}

    static String translate(String sql, Instant now) {
        return TOKEN.matcher(sql).replaceAll(found -> java.util.regex.Matcher.quoteReplacement(word(found, now)));
    }

    private static String word(MatchResult found, Instant now) {
        var text = found.group();
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.startsWith("current_timestamp")) {
            return "TIMESTAMPTZ '" + now + "'";
        }
        if (text.startsWith("'")) {
            // Snowflake knows escapes in strings
            return text.replace("\\'", "''").replaceAll("\\\\(.)", "$1");
        }
        return switch (lower) {
            case "number" -> "DECIMAL";
            case "timestamp_ntz" -> "TIMESTAMP";
            case "timestamp_ltz", "timestamp_tz" -> "TIMESTAMPTZ";
            case "variant" -> "JSON";
            case "startswith" -> "starts_with";
            case "iff" -> "if";
            default -> text;
        };
    }

    /** How many statements there are between semicolons. */
    static int statements(String sql) {
        return (int) Pattern.compile(";").splitAsStream(masked(sql)).filter(part -> !part.isBlank()).count();
    }

    private static String masked(String sql) {
        return Pattern.compile(SKIPPED)
                .matcher(sql)
                .replaceAll(found -> found.group().startsWith("-")
                        || found.group().startsWith("/") ? " " : "x");
    }

    /** The first word, in lower case. */
    static String verb(String sql) {
        var words = masked(sql).strip().split("\\W+", 2);
        return words[0].toLowerCase(Locale.ROOT);
    }
}
