package dev.outboard.testkit.bigquery;

import dev.outboard.testkit.bigquery.Lexer.Kind;
import dev.outboard.testkit.bigquery.Lexer.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** GoogleSQL as DuckDB's SQL, word by word: names, literals, parameters and types; not what is built differently. */
final class Dialect {
    private static final Map<String, String> WORDS = Map.ofEntries(Map.entry("INT64", "BIGINT"),
            Map.entry("FLOAT64", "DOUBLE"), Map.entry("STRING", "VARCHAR"), Map.entry("BYTES", "BLOB"),
            Map.entry("NUMERIC", "DECIMAL(38,9)"), Map.entry("DATETIME", "TIMESTAMP"),
            Map.entry("TIMESTAMP", "TIMESTAMPTZ"), Map.entry("SAFE_CAST", "TRY_CAST"),
            Map.entry("COUNTIF", "count_if"), Map.entry("GENERATE_ARRAY", "generate_series"));
    private static final Set<String> BEFORE_TABLE = Set.of("FROM", "JOIN", "INTO", "TABLE", "UPDATE", "VIEW", "EXISTS");

    private static final Set<String> AFTER_TABLE = Set.of("WHERE", "GROUP", "ORDER", "LIMIT", "HAVING", "UNION", "JOIN",
            "CROSS",
            "INNER", "LEFT", "ON", "WITH", "QUALIFY", "WINDOW");

    /** @param tables that it reads or writes, those that it names alone left out */
    record Statement(String verb, String sql, Set<Table> tables, boolean creates) {
        /** True for what gives rows; in Google's word for it, a SELECT. */
        boolean selects() {
            return verb.equals("SELECT");
        }
    }

    private final String project;
    private final @Nullable String dataset;
    private final Map<String, String> parameters;

    /**
     * @param dataset for tables that are named alone, or null
     * @param parameters DuckDB's literals by name in lower case
     */
    Dialect(String project, @Nullable String dataset, Map<String, String> parameters) {
        this.project = project;
        this.dataset = dataset;
        this.parameters = parameters;
    }

    /** The statements of a script, in order. */
    List<Statement> statements(String sql) throws Failure {
        var statements = new ArrayList<Statement>();
        var tokens = new ArrayList<Token>();
        for (var token : Lexer.tokens(sql)) {
            if (token.sign(';')) {
                add(statements, tokens);
                tokens.clear();
            } else {
                tokens.add(token);
            }
        }
        add(statements, tokens);
        if (statements.isEmpty()) {
            throw Failure.query("Syntax error: Unexpected end of statement");
        }
        return statements;
    }

    private void add(List<Statement> statements, List<Token> tokens) throws Failure {
        if (tokens.stream().anyMatch(token -> token.kind() != Kind.SPACE)) {
            statements.add(statement(List.copyOf(tokens)));
        }
    }

    private Statement statement(List<Token> tokens) throws Failure {
        var sql = new StringBuilder();
        var tables = new LinkedHashSet<Table>();
        write(tokens, sql, tables);
        var verb = tokens.stream()
                .filter(token -> token.kind() != Kind.SPACE && !token.sign('('))
                .findFirst()
                .map(token -> token.text().toUpperCase(Locale.ROOT))
                .orElse("");
        return new Statement(verb.equals("WITH") || verb.equals("VALUES") ? "SELECT" : verb, sql.toString().strip(),
                tables, verb.equals("CREATE"));
    }

    private void write(List<Token> tokens, StringBuilder sql, Set<Table> tables) throws Failure {
        String last = "";
        // for each open parenthesis whether it is EXTRACT's, whose FROM names no table
        var extracts = new ArrayDeque<Boolean>();
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            boolean afterTable = BEFORE_TABLE.contains(last) && !Boolean.TRUE.equals(extracts.peek());
            if (token.sign('(')) {
                extracts.push(last.equals("EXTRACT"));
            } else if (token.sign(')')) {
                extracts.poll();
            }
            if (token.is("UNNEST") && (last.equals("FROM") || last.equals("JOIN") || last.equals(","))) {
                i = rows(tokens, i, sql, tables);
            } else if (token.kind() == Kind.QUOTED && (afterTable || token.text().contains("."))
                    || afterTable && token.kind() == Kind.WORD && !call(tokens, i)) {
                i = path(tokens, i, sql, tables);
            } else if (token.is("IN") && word(tokens, i + 1, "UNNEST") > 0) {
                sql.append("= ANY");
                i = word(tokens, i + 1, "UNNEST");
            } else {
                sql.append(told(token));
            }
            last = token.kind() == Kind.SPACE ? last : token.text().toUpperCase(Locale.ROOT);
        }
    }

    /** {@code UNNEST(array) AS name} in the place of a table, where the name is the value's; gives its last token. */
    private int rows(List<Token> tokens, int from, StringBuilder sql, Set<Table> tables) throws Failure {
        int open = next(tokens, from + 1);
        int close = open;
        for (int depth = 0; close < tokens.size(); close++) {
            depth += tokens.get(close).sign('(') ? 1 : tokens.get(close).sign(')') ? -1 : 0;
            if (depth == 0) {
                break;
            }
        }
        int as = word(tokens, close + 1, "AS");
        int name = next(tokens, (as > 0 ? as : close) + 1);
        if (name >= tokens.size() || tokens.get(name).kind() != Kind.WORD
                || as == 0 && AFTER_TABLE.contains(tokens.get(name).text().toUpperCase(Locale.ROOT))) {
            sql.append("UNNEST");
            return from;
        }
        sql.append("(SELECT unnest(");
        write(tokens.subList(open + 1, close), sql, tables);
        sql.append(") AS ").append(Table.quoted(tokens.get(name).text())).append(')');
        return name;
    }

    /** Takes a path that may have several parts, quoted or not, and in its first one hyphens; gives its last token. */
    private int path(List<Token> tokens, int from, StringBuilder sql, Set<Table> tables) throws Failure {
        var path = new StringBuilder(tokens.get(from).text());
        int at = from;
        while (at + 2 < tokens.size() && (tokens.get(at + 1).sign('.') || tokens.get(at + 1).sign('-'))
                && tokens.get(at + 2).kind() != Kind.SPACE) {
            path.append(tokens.get(at + 1).text()).append(tokens.get(at + 2).text());
            at += 2;
        }
        var parts = Arrays.asList(path.toString().split("\\."));
        var word = tokens.get(from).text();
        if (parts.size() == 1 && tokens.get(from).kind() == Kind.WORD
                && (BEFORE_TABLE.contains(word.toUpperCase(Locale.ROOT)) || word.matches("(?i)IF|NOT|SELECT|UNNEST"))) {
            sql.append(told(tokens.get(from)));
        } else if (parts.size() == 1) {
            sql.append(Table.quoted(path.toString()));
        } else {
            var table = Table.of(parts, project, dataset == null ? "" : dataset);
            tables.add(table);
            sql.append(table.sql());
        }
        return at;
    }

    /** True if an opening parenthesis follows: a function, or a table and its columns. */
    private static boolean call(List<Token> tokens, int at) {
        return at + 1 < tokens.size() && tokens.get(at + 1).sign('(');
    }

    /** Where this word stands, if it is the next that is no space; else 0. */
    private static int word(List<Token> tokens, int from, String word) {
        int at = next(tokens, from);
        return at < tokens.size() && tokens.get(at).is(word) ? at : 0;
    }

    private static int next(List<Token> tokens, int from) {
        int at = from;
        while (at < tokens.size() && tokens.get(at).kind() == Kind.SPACE) {
            at++;
        }
        return at;
    }

    private String told(Token token) throws Failure {
        return switch (token.kind()) {
            case SPACE, NUMBER, SIGN -> token.text();
            case WORD -> WORDS.getOrDefault(token.text().toUpperCase(Locale.ROOT), token.text());
            case QUOTED -> Table.quoted(token.text());
            case STRING -> literal(token.text());
            case BYTES -> "encode(" + literal(token.text()) + ")";
            case PARAMETER -> {
                var value = parameters.get(token.text().toLowerCase(Locale.ROOT));
                if (value == null) {
                    throw Failure.query("Query parameter '" + token.text() + "' not found");
                }
                yield value;
            }
        };
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
