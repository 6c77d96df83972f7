package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Job;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What filters ask of a job, in 64 bits, two for each thing: a job that has all bits of a filter may meet it, and one that
 * has not does not.
 */
final class Traits {
    private Traits() {}

    static long of(Job job) {
        var accepted = job.accepted();
        return of(accepted.tenant().project(), accepted.tenant().domain(), accepted.name(), accepted.labels());
    }

    static long of(JobFilter filter) {
        return of(filter.project(), filter.domain(), filter.name(), filter.labels());
    }

    private static long of(@Nullable String project, @Nullable String domain, @Nullable String name,
            Map<String, String> labels) {
        long bits = of("project", project) | of("domain", domain) | of("name", name);
        for (var label : labels.entrySet()) {
            bits |= of("label " + label.getKey(), label.getValue());
        }
        return bits;
    }

    private static long of(String what, @Nullable String value) {
        if (value == null) {
            return 0;
        }
        // a string's own hash differs too little in its upper bits
        int hash = (31 * what.hashCode() + value.hashCode()) * 0x9E3779B9;
        return 1L << (hash >>> 26) | 1L << (hash >>> 20 & 63);
    }
}
