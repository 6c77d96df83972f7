package dev.outboard.testkit.conformance;

import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.Guarantee;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of all cases of one connector. */
final class Report {
    /** @param fault null if it passed */
    private record Line(String name, long millis, @Nullable String fault) {}

    private final ConnectorInfo info;
    private final List<Line> lines = new ArrayList<>();
    private final Map<String, List<String>> leaks = new LinkedHashMap<>();
    private final Map<String, List<String>> threads = new LinkedHashMap<>();
    private @Nullable Guarantee shown;

    Report(ConnectorInfo info) {
        this.info = info;
    }

    void passed(String name, long millis) {
        lines.add(new Line(name, millis, null));
    }

    void failed(String name, long millis, Throwable fault) {
        lines.add(new Line(name, millis, String.valueOf(fault.getMessage()).lines().findFirst().orElse("")));
    }

    void leaked(String name, List<String> what) {
        if (!what.isEmpty()) {
            leaks.put(name, what);
        }
    }

    void leftThreads(String name, List<String> which) {
        if (!which.isEmpty()) {
            threads.put(name, which);
        }
    }

    void shown(Guarantee guarantee) {
        shown = guarantee;
    }

    /** By case, what told a secret. */
    Map<String, List<String>> leaks() {
        return leaks;
    }

    /** By case, which threads outlived the connector. */
    Map<String, List<String>> threads() {
        return threads;
    }

    /** A line for each case, and one for the guarantee. */
    @Override
    public String toString() {
        var text = new StringBuilder("Conformance of " + info.name() + ' ' + info.version() + ":\n");
        for (var line : lines) {
            text.append(String.format(Locale.ROOT, "  %-4s %-62s %5d ms%s%n", line.fault() == null ? "ok" : "FAIL",
                    line.name(), line.millis(), line.fault() == null ? "" : "  " + line.fault()));
        }
        return text + "  shown " + (shown == null ? "nothing" : shown) + ", declared " + info.guarantee() + '\n';
    }
}
