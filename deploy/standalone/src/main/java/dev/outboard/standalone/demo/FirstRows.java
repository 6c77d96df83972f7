package dev.outboard.standalone.demo;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Prints the first rows of a Parquet file as a table. */
final class FirstRows {
    private static final int WIDTH = 14;

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
        var lines = new ArrayList<String>();
        var meta = rows.getMetaData();
        int columns = meta.getColumnCount();
        var names = new ArrayList<String>();
        for (int c = 1; c <= columns; c++) {
            names.add(meta.getColumnName(c));
        }
        lines.add(line(names));
        while (rows.next()) {
            var cells = new ArrayList<String>();
            for (int c = 1; c <= columns; c++) {
                cells.add(String.valueOf(rows.getObject(c)));
            }
            lines.add(line(cells));
        }
        return lines;
    }

    private static String line(List<String> cells) {
        return IntStream.range(0, cells.size())
                .mapToObj(i -> String.format("%-" + WIDTH + "." + WIDTH + "s", cells.get(i)))
                .collect(Collectors.joining("  ", "  ", ""))
                .stripTrailing();
    }
}
