package dev.outboard.connectors.bigquery;

import java.util.LinkedHashSet;
import java.util.Set;

/** Finds the named parameters of a GoogleSQL text; what stands in strings, quoted names and comments is none. */
final class Mentions {
    private final String sql;
    private int at;
    private final Set<String> names = new LinkedHashSet<>();

    private Mentions(String sql) {
        this.sql = sql;
    }

    /** As they are written, without the sign; {@code @@name} is a system variable, and none. */
    static Set<String> of(String sql) {
        var look = new Mentions(sql);
        while (look.at < sql.length()) {
            look.step();
        }
        return look.names;
    }

    private void step() {
        char c = sql.charAt(at);
        if (c == '\'' || c == '"' || c == '`') {
            string(c);
        } else if (sql.startsWith("--", at) || c == '#') {
            skip("\n");
        } else if (sql.startsWith("/*", at)) {
            skip("*/");
        } else if (c == '@') {
            at++;
            boolean system = at < sql.length() && sql.charAt(at) == '@';
            at += system ? 1 : 0;
            var name = word();
            if (!system && !name.isEmpty() && !Character.isDigit(name.charAt(0))) {
                names.add(name);
            }
        } else {
            at++;
        }
    }

    private String word() {
        int from = at;
        while (at < sql.length() && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
            at++;
        }
        return sql.substring(from, at);
    }

    /** A backslash takes the next sign with it, in raw strings too. */
    private void string(char quote) {
        var one = String.valueOf(quote);
        var close = quote != '`' && sql.startsWith(one.repeat(3), at) ? one.repeat(3) : one;
        at += close.length();
        while (at < sql.length() && !sql.startsWith(close, at)) {
            at += sql.charAt(at) == '\\' ? 2 : 1;
        }
        at += close.length();
    }

    private void skip(String end) {
        int found = sql.indexOf(end, at);
        at = found < 0 ? sql.length() : found + end.length();
    }
}
