package dev.outboard.bench.overload;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What came of an overload.
 *
 * @param rate jobs a second that the worker takes
 * @param offered creates
 * @param seconds that they were offered
 * @param until seconds from the first offer to the last end
 * @param drained false if jobs were still live when patience had an end
 * @param missing what became of accepted jobs that did not succeed
 */
record Outcome(Plan plan, double rate, long offered, double seconds, double until, Answers answers, boolean drained,
        List<String> missing, Poller.Polls idle, Poller.Polls polls, List<Held> held) {

    /**
     * What a process has held of the machine's memory, in MiB.
     *
     * @param end how it died, or empty
     */
    record Held(String name, double most, int bound, String end) {
        static Held of(Fleet.Bounded bounded, Memory memory) throws IOException {
            var child = bounded.child();
            var lines = child.process().isAlive() ? List.<String>of() : Files.readAllLines(child.output());
            return new Held(child.name(), memory.most(child), bounded.bound(),
                    child.process().isAlive() ? "" : lines.isEmpty() ? "without a word" : lines.getLast());
        }
    }

    /** The promises that were not kept, a sentence each. */
    List<String> broken() {
        var broken = new ArrayList<String>();
        for (var one : held) {
            if (!one.end().isEmpty()) {
                broken.add("the " + one.name() + " process has died: " + one.end());
            } else if (one.most() > one.bound()) {
                broken.add(String.format(Locale.ROOT, "the %s process has held %.0f MiB, more than %d", one.name(),
                        one.most(), one.bound()));
            }
        }
        if (answers.neither() > 0) {
            broken.add(answers.neither() + " creates were neither accepted nor refused, such as: "
                    + String.join(" | ", answers.told()));
        }
        if (answers.withoutRetryAfter() > 0) {
            broken.add(answers.withoutRetryAfter() + " refusals came without Retry-After");
        }
        if (!missing.isEmpty()) {
            broken.add(missing.size() + " accepted jobs have not succeeded, such as: " + missing.getFirst());
        } else if (!drained) {
            broken.add("jobs were still live when no more was waited");
        }
        if (polls.failure() != null) {
            broken.add(polls.unanswered() + " polls were not answered, such as: " + polls.failure());
        }
        return broken;
    }

    void print(PrintWriter out) {
        row(out, "worker takes", "%.0f jobs/s", rate);
        row(out, "offered", "%d creates in %.0f s, %.1f times as many as the worker takes", offered, seconds,
                offered / seconds / rate);
        row(out, "accepted", "%d; the slowest answer to a create took %.0f ms", answers.accepted().size(),
                answers.slowestMillis());
        row(out, "refused", "%s, %s", refusals(),
                answers.withoutRetryAfter() == 0
                        ? "all with Retry-After"
                        : answers.withoutRetryAfter() + " without Retry-After");
        row(out, "ended", "%d of %d, the last one %.0f s after the overload began",
                answers.accepted().size() - missing.size(), answers.accepted().size(), until);
        row(out, "polls, idle", "%s", idle.times());
        row(out, "polls, overload", "%s: %.1f and %.1f times as long; %d AsOf, %d unanswered", polls.times(),
                polls.p50() / idle.p50(), polls.p99() / idle.p99(), polls.asOf(), polls.unanswered());
        held.forEach(one -> row(out, one.name() + " holds", "%.0f MiB at most; may hold %d", one.most(), one.bound()));
        out.flush();
    }

    private String refusals() {
        var refusals = answers.refused()
                .entrySet()
                .stream()
                .map(one -> one.getValue().sum() + " with " + one.getKey())
                .collect(Collectors.joining(", "));
        return refusals.isEmpty() ? "none" : refusals;
    }

    private static void row(PrintWriter out, String name, String format, Object... values) {
        out.printf(Locale.ROOT, "%-16s " + format + "%n", prepend(name, values));
    }

    private static Object[] prepend(String name, Object... values) {
        var all = new ArrayList<Object>(List.of(values));
        all.addFirst(name);
        return all.toArray();
    }
}
