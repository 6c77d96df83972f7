package dev.outboard.standalone.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One look at {@code /metrics}.
 *
 * @param types of each family, as Prometheus names them
 * @param labels that its series have
 */
record Scrape(String text, Map<String, String> types, Map<String, Set<String>> labels, Map<String, Double> values) {
    private static final Pattern SERIES = Pattern.compile("([a-z_0-9]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    static Scrape of(String url) throws IOException, InterruptedException {
        var text = CLIENT.send(HttpRequest.newBuilder(URI.create(url + "/metrics")).build(), BodyHandlers.ofString())
                .body();
        var types = new TreeMap<String, String>();
        var labels = new HashMap<String, Set<String>>();
        var values = new HashMap<String, Double>();
        text.lines().forEach(line -> {
            if (line.startsWith("# TYPE ")) {
                types.put(line.split(" ")[2], line.split(" ")[3]);
            }
            var series = SERIES.matcher(line);
            if (!line.startsWith("#") && series.matches()) {
                var sorted = new TreeSet<String>();
                var names = labels.computeIfAbsent(family(series.group(1), types), _ -> new HashSet<>());
                var label = LABEL.matcher(series.group(2) == null ? "" : series.group(2));
                while (label.find()) {
                    sorted.add(label.group(1) + "=" + label.group(2));
                    names.add(label.group(1));
                }
                names.remove("le");
                values.put(series.group(1) + sorted, Double.valueOf(series.group(3)));
            }
        });
        return new Scrape(text, types, labels, values);
    }

    private static String family(String series, Map<String, String> types) {
        return types.containsKey(series) ? series : series.replaceFirst("_(count|sum|bucket)$", "");
    }

    /** The value of one series, with all its labels as {@code name=value}; 0 where there is none. */
    double value(String series, String... with) {
        return values.getOrDefault(series + new TreeSet<>(Arrays.asList(with)), 0.0);
    }
}
