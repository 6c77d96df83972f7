package dev.outboard.api.http;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Which codings a client takes, as RFC 9110, 12.5.3, has it. */
final class AcceptEncoding {
    private static final Pattern ELEMENT = Pattern
            .compile("\\s*([!#$%&'*+.^_`|~\\w-]+)\\s*(?:;\\s*[qQ]\\s*=\\s*([01](?:\\.\\d{0,3})?)\\s*)?");

    private AcceptEncoding() {}

    /**
     * True if gzip is welcome, and no less so than no coding at all.
     *
     * @param values of the header, none for an absent one
     */
    static boolean gzip(List<String> values) {
        if (values.isEmpty()) {
            return false;
        }
        var weights = weights(values);
        double gzip = weights.getOrDefault("gzip",
                weights.getOrDefault("x-gzip", weights.getOrDefault("*", 0.0)));
        return gzip > 0 && gzip >= weights.getOrDefault("identity", 0.0);
    }

    /** What cannot be read is left out: then the answer goes out as it is, which everybody can read. */
    private static Map<String, Double> weights(List<String> values) {
        var weights = new HashMap<String, Double>();
        for (var value : values) {
            for (var element : value.split(",")) {
                var matcher = ELEMENT.matcher(element);
                if (matcher.matches()) {
                    var weight = matcher.group(2);
                    weights.put(matcher.group(1).toLowerCase(Locale.ROOT),
                            weight == null ? 1 : Double.parseDouble(weight));
                }
            }
        }
        return weights;
    }
}
