package dev.outboard.crash.verdict;

import dev.outboard.crash.verdict.Takeovers.Restored;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds in a worker's JSON log when it had partitions restored. */
public final class WorkerLog {
    private static final Pattern LINE = Pattern
            .compile("\"time\":\"([^\"]+)\".*partitions \\[([0-9, ]+)] are restored");

    private WorkerLog() {}

    /** @param worker names the process */
    public static List<Restored> restored(List<String> lines, String worker) {
        return lines.stream()
                .map(LINE::matcher)
                .filter(Matcher::find)
                .map(match -> new Restored(Instant.parse(match.group(1)), worker, numbers(match.group(2))))
                .toList();
    }

    private static Set<Integer> numbers(String list) {
        return Arrays.stream(list.split(", *")).map(Integer::valueOf).collect(Collectors.toSet());
    }
}
