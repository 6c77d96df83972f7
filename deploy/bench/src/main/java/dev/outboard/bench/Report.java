package dev.outboard.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results for people and for programs. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final MathContext DIGITS = new MathContext(4);

    private Report() {}

    /** Ratios first. */
    static void print(List<Result> results, PrintWriter out) {
        var rows = new ArrayList<String[]>();
        rows.add(new String[]{"name", "ratio", "goal", "met", "value", "baseline", "unit"});
        for (var result : results) {
            var goal = result.goal();
            rows.add(new String[]{result.name(), number(result.ratio()),
                    goal == null ? "-" : (goal.most() ? "<= " : ">= ") + number(goal.bound()), met(result),
                    number(result.value()), number(result.baseline()), result.unit()});
        }
        var widths = new int[rows.getFirst().length];
        rows.forEach(row -> {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        });
        rows.forEach(row -> {
            var line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                // names and units to the left, figures to the right
                var pad = " ".repeat(widths[i] - row[i].length());
                line.append(i == 0 || i == row.length - 1 ? row[i] + pad : pad + row[i]).append("  ");
            }
            out.println(line.toString().stripTrailing());
        });
        out.flush();
    }

    private static String met(Result result) {
        var met = result.met();
        return met == null ? "-" : met ? "yes" : "no";
    }

    /** Three digits that count; whole where it is more. */
    static String number(double value) {
        return String.format(Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 1 ? "%.2f" : "%.3f",
                value);
    }

    static void write(List<Result> results, Path file) throws IOException {
        JSON.writeValue(file.toFile(), results.stream().map(Report::json).toList());
    }

    private static Map<String, @Nullable Object> json(Result result) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("name", result.name());
        members.put("ratio", rounded(result.ratio()));
        var goal = result.goal();
        members.put("goal", goal == null ? null : rounded(goal.bound()));
        members.put("met", result.met());
        members.put("value", rounded(result.value()));
        members.put("unit", result.unit());
        members.put("baseline", rounded(result.baseline()));
        return members;
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
