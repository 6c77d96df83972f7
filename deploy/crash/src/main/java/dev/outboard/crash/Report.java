package dev.outboard.crash;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.outboard.crash.cluster.Cluster;
import dev.outboard.crash.fault.Fault.Kind;
import dev.outboard.crash.verdict.Takeovers;
import dev.outboard.spi.Guarantee;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result for people and for programs. */
final class Report {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    /** Of each number that is not 0. */
    private static final int EXAMPLES = 5;

    private Report() {}

    static void print(Result result, String machine, PrintWriter out) {
        var plan = result.plan();
        out.printf(Locale.ROOT, "%,d jobs, guarantee %s, seed %d: %d brokers, %d APIs, %d workers, %d partitions, %s%n",
                plan.jobs(), plan.guarantee(), plan.seed(), Cluster.BROKERS, Cluster.APIS, Cluster.WORKERS,
                plan.partitions(), time(result.took()));
        out.println(machine);
        out.println();
        row(out, "jobs acknowledged", result.verdict().jobs(), "");
        row(out, "creates on the platform", result.verdict().creates(), "");
        for (var finding : result.verdict().findings()) {
            row(out, finding.name(), finding.count(),
                    finding.fails() ? "must be 0" : finding.promised() ? "" : "not promised");
        }
        out.println();
        done(result).forEach((what, count) -> row(out, what, count, ""));
        out.println();
        takeover(out, "takeover of a partition after a kill", result.takeovers().afterKills());
        takeover(out, "takeover of a partition after a planned stop", result.takeovers().afterStops());
        takeover(out, "either, with a broker killed shortly before", result.takeovers().brokerDown());
        remarks(result, out);
        out.flush();
    }

    private static void remarks(Result result, PrintWriter out) {
        if (result.plan().guarantee() == Guarantee.NONE) {
            out.println();
            out.println(
                    "NONE promises no single effect: a job that lives in its worker is run again when the worker dies, "
                            + "and a");
            out.println(
                    "worker that is only thought dead runs it on; what must be 0 here is what was lost or misread.");
        }
        for (var finding : result.verdict().findings()) {
            if (finding.fails()) {
                out.println();
                out.println(finding.name() + ":");
                finding.found().stream().limit(EXAMPLES).forEach(each -> out.println("  " + each));
                if (finding.count() > EXAMPLES) {
                    out.println("  and " + (finding.count() - EXAMPLES) + " more");
                }
            }
        }
        result.missed().forEach(each -> out.println("missed: " + each));
    }

    /** What was done to the processes and by the platform and the clients. */
    private static Map<String, Number> done(Result result) {
        var done = new LinkedHashMap<String, Number>();
        for (var kind : Kind.values()) {
            done.put(kind.told(), result.tally().of(kind));
        }
        done.put("processes that ended by themselves", result.tally().endedByThemselves());
        done.put("creates whose reply was lost after the effect", result.ledger().hidden());
        result.ledger().troubles().forEach((what, count) -> done.put("requests to the platform: " + what, count));
        var counts = result.counts();
        done.put("cancels accepted", counts.cancelsAccepted);
        done.put("cancels while SUBMITTING", counts.cancelsSubmitting);
        done.put("creates repeated on the other replica", counts.repeats);
        done.put("unknown outcomes", counts.unknownOutcomes);
        done.put("requests refused for now", counts.refusals);
        done.put("reads", counts.reads);
        done.put("reads answered AsOf", counts.asOf);
        done.put("operations checked to be linearizable", result.operations());
        return done;
    }

    private static void row(PrintWriter out, String what, Number count, String remark) {
        out.println(String.format(Locale.ROOT, "%-46s %,9d  %s", what, count.longValue(), remark).stripTrailing());
    }

    private static void takeover(PrintWriter out, String what, List<Duration> takeovers) {
        if (!takeovers.isEmpty()) {
            out.printf(Locale.ROOT, "%-46s p50 %.1f s, p99 %.1f s, longest %.1f s (%d partitions)%n", what,
                    seconds(Takeovers.percentile(takeovers, 0.5)), seconds(Takeovers.percentile(takeovers, 0.99)),
                    seconds(takeovers.getLast()), takeovers.size());
        }
    }

    static void write(Result result, String machine, Path file) throws IOException {
        var plan = result.plan();
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("good", result.good());
        members.put("jobs", plan.jobs());
        members.put("seed", plan.seed());
        members.put("guarantee", plan.guarantee());
        members.put("machine", machine);
        members.put("seconds", seconds(result.took()));
        members.put("acknowledged", result.verdict().jobs());
        members.put("creates", result.verdict().creates());
        var findings = new LinkedHashMap<String, Object>();
        result.verdict().findings().forEach(finding -> findings.put(key(finding.name()), finding.count()));
        members.put("findings", findings);
        var done = new LinkedHashMap<String, Object>();
        done(result).forEach((what, count) -> done.put(key(what), count));
        members.put("done", done);
        members.put("missed", result.missed());
        members.put("takeover_after_kill", takeover(result.takeovers().afterKills()));
        members.put("takeover_after_stop", takeover(result.takeovers().afterStops()));
        members.put("takeover_with_broker_killed", takeover(result.takeovers().brokerDown()));
        JSON.writeValue(file.toFile(), members);
    }

    private static Map<String, @Nullable Object> takeover(List<Duration> takeovers) {
        var members = new LinkedHashMap<String, @Nullable Object>();
        members.put("p50_seconds", seconds(Takeovers.percentile(takeovers, 0.5)));
        members.put("p99_seconds", seconds(Takeovers.percentile(takeovers, 0.99)));
        members.put("partitions", takeovers.size());
        return members;
    }

    /** The same words as a name for programs. */
    private static String key(String words) {
        return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
    }

    private static @Nullable Double seconds(@Nullable Duration time) {
        return time == null ? null : time.toMillis() / 1000.0;
    }

    static String time(Duration time) {
        return String.format(Locale.ROOT, "%d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
