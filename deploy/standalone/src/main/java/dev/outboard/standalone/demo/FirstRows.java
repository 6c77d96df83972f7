package dev.outboard.standalone.demo;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Prints the first rows of a Parquet file as a table. */
final class FirstRows {
    private static final int LONGEST = 24;
    private static final int DECIMALS = 4;

    private FirstRows() {}

    static void print(Path parquet, int count, PrintWriter out) {
        try (var db = DriverManager.getConnection("jdbc:duckdb:");
                var query = db.prepareStatement("SELECT * FROM read_parquet(?) LIMIT ?")) {
            query.setString(1, parquet.toString());
            query.setInt(2, count);
            try (var rows = query.executeQuery()) {
                table(rows).forEach(out::println);
            }
        } catch (SQLException e) {
            out.println("(its rows cannot be shown: " + e.getMessage() + ")");
        }
    }

    private static List<String> table(ResultSet rows) throws SQLException {
        var lines = new ArrayList<List<String>>();
        var meta = rows.getMetaData();
        int columns = meta.getColumnCount();
        var names = new ArrayList<String>();
        for (int c = 1; c <= columns; c++) {
            names.add(meta.getColumnName(c));
        }
        lines.add(names);
        while (rows.next()) {
            var cells = new ArrayList<String>();
            for (int c = 1; c <= columns; c++) {
                cells.add(cell(rows.getObject(c)));
            }
            lines.add(cells);
        }
        return aligned(lines);
    }

    /** Doubles without an exponent and with few decimals; what is cut says so. */
    static String cell(@Nullable Object value) {
        var text = value instanceof Double number && Double.isFinite(number)
                && (number == 0 || Math.abs(number) >= 0.001)
                        ? new BigDecimal(number).setScale(DECIMALS, RoundingMode.HALF_EVEN)
                                .stripTrailingZeros()
                                .toPlainString()
                        : String.valueOf(value);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    private static List<String> aligned(List<List<String>> rows) {
        var widths = IntStream.range(0, rows.getFirst().size())
                .map(c -> rows.stream().mapToInt(row -> row.get(c).length()).max().orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(c -> row.get(c) + " ".repeat(widths[c] - row.get(c).length()))
                        .collect(Collectors.joining("  ", "  ", ""))
                        .stripTrailing())
                .toList();
    }
}
