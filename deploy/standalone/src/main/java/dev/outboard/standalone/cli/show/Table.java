package dev.outboard.standalone.cli.show;

import java.util.ArrayList;
import java.util.List;

/** Text in aligned columns, two spaces between them, none at the end of a line. One thread uses it. */
public final class Table {
    private final List<Integer> widths = new ArrayList<>();

    /** All rows at once; all have as many cells as the first. */
    public static String of(List<List<String>> rows) {
        return new Table().more(rows);
    }

    /** Further rows, under those before; a column only widens. */
    public String more(List<List<String>> rows) {
        for (var row : rows) {
            for (var column = 0; column < row.size(); column++) {
                if (column == widths.size()) {
                    widths.add(0);
                }
                widths.set(column, Math.max(widths.get(column), row.get(column).length()));
            }
        }
        return String.join("\n", rows.stream().map(this::line).toList());
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (var column = 0; column < row.size(); column++) {
            line.append(column == 0 ? "" : "  ").append(row.get(column));
            line.append(" ".repeat(widths.get(column) - row.get(column).length()));
        }
        return line.toString().stripTrailing();
    }
}
