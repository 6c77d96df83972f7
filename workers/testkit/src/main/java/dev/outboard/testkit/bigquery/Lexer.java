package dev.outboard.testkit.bigquery;

import java.util.ArrayList;
import java.util.List;

/** Cuts GoogleSQL into words, literals and signs; comments become spaces. What does not end, ends with the text. */
final class Lexer {
    enum Kind {
        SPACE, WORD, QUOTED, STRING, BYTES, NUMBER, PARAMETER, SIGN
    }

    /** @param text a literal's or quoted name's value, a parameter's name, else as it stands */
    record Token(Kind kind, String text) {
        boolean is(String word) {
            return kind == Kind.WORD && text.equalsIgnoreCase(word);
        }

        boolean sign(char sign) {
            return kind == Kind.SIGN && text.charAt(0) == sign;
        }
    }

    private final String sql;
    private int at;
    private final List<Token> tokens = new ArrayList<>();

    private Lexer(String sql) {
        this.sql = sql;
    }

    static List<Token> tokens(String sql) {
        var lexer = new Lexer(sql);
        while (lexer.at < sql.length()) {
            lexer.next();
        }
        return lexer.tokens;
    }

    private void next() {
        char c = sql.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
            add(Kind.SPACE, String.valueOf(c));
        } else if (sql.startsWith("--", at) || c == '#') {
            skipTo("\n");
        } else if (sql.startsWith("/*", at)) {
            skipTo("*/");
        } else if (c == '`') {
            int end = end(sql.indexOf('`', at + 1));
            add(Kind.QUOTED, sql.substring(at + 1, end));
            at = end + 1;
        } else if (c == '\'' || c == '"') {
            add(Kind.STRING, string(false));
        } else if (c == '@' && at + 1 < sql.length() && word(sql.charAt(at + 1))) {
            at++;
            add(Kind.PARAMETER, run());
        } else if (Character.isDigit(c)) {
            add(Kind.NUMBER, run());
        } else if (word(c)) {
            words();
        } else {
            at++;
            add(Kind.SIGN, String.valueOf(c));
        }
    }

    /** A word, or the letters before a string: r for raw, b for bytes. */
    private void words() {
        var word = run();
        boolean quote = at < sql.length() && (sql.charAt(at) == '\'' || sql.charAt(at) == '"');
        if (quote && word.matches("(?i)r|b|rb|br")) {
            boolean raw = word.toLowerCase(java.util.Locale.ROOT).contains("r");
            boolean bytes = word.toLowerCase(java.util.Locale.ROOT).contains("b");
            add(bytes ? Kind.BYTES : Kind.STRING, string(raw));
        } else {
            add(Kind.WORD, word);
        }
    }

    private String string(boolean raw) {
        char quote = sql.charAt(at);
        var close = sql.startsWith(String.valueOf(quote).repeat(3), at)
                ? String.valueOf(quote).repeat(3)
                : String.valueOf(quote);
        at += close.length();
        var text = new StringBuilder();
        while (at < sql.length() && !sql.startsWith(close, at)) {
            char c = sql.charAt(at++);
            if (c != '\\' || at == sql.length()) {
                text.append(c);
            } else if (raw) {
                text.append(c).append(sql.charAt(at++));
            } else {
                text.append(escaped(sql.charAt(at++)));
            }
        }
        at += close.length();
        return text.toString();
    }

    private String escaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case 'x', 'u' -> {
                int digits = c == 'x' ? 2 : 4;
                int end = Math.min(sql.length(), at + digits);
                var hex = sql.substring(at, end);
                at = end;
                yield hex.matches("[0-9a-fA-F]+") ? String.valueOf((char) Integer.parseInt(hex, 16)) : hex;
            }
            default -> String.valueOf(c);
        };
    }

    private void skipTo(String end) {
        int found = sql.indexOf(end, at);
        at = found < 0 ? sql.length() : found + end.length();
        add(Kind.SPACE, " ");
    }

    private String run() {
        int from = at;
        while (at < sql.length() && word(sql.charAt(at))) {
            at++;
        }
        return sql.substring(from, at);
    }

    private int end(int found) {
        return found < 0 ? sql.length() : found;
    }

    private static boolean word(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text));
    }
}
