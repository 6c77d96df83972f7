package dev.outboard.bench.overload;

import dev.outboard.bench.Connection;
import dev.outboard.bench.Jobs;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What became of the creates. Safe for many threads. */
final class Answers {
    static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    /** So many different ones are told; the rest are counted. */
    private static final int TOLD = 5;

    private final Collection<String> accepted = new ConcurrentLinkedQueue<>();
    private final Map<Integer, LongAdder> refused = new ConcurrentSkipListMap<>();
    private final LongAdder withoutRetryAfter = new LongAdder();
    private final LongAdder neither = new LongAdder();
    private final Map<String, LongAdder> told = new ConcurrentHashMap<>();
    private final AtomicLong slowest = new AtomicLong();

    /** One answer, still in its connection. */
    void add(int status, Connection answer, long nanos) {
        slowest.accumulateAndGet(nanos, Math::max);
        if (status == Jobs.CREATED) {
            accepted.add(answer.header("Location").orElseThrow());
        } else if (status == TOO_MANY || status == UNAVAILABLE) {
            refused.computeIfAbsent(status, _ -> new LongAdder()).increment();
            if (!answer.header("Retry-After").orElse("").matches("[1-9]\\d*")) {
                withoutRetryAfter.increment();
            }
        } else {
            failed("answered " + status + ": " + answer.body());
        }
    }

    /** A create without an answer, or with one that is neither success nor refusal. */
    void failed(String why) {
        neither.increment();
        if (told.size() < TOLD) {
            told.computeIfAbsent(why, _ -> new LongAdder()).increment();
        }
    }

    /** The paths of the jobs. */
    Collection<String> accepted() {
        return accepted;
    }

    Map<Integer, LongAdder> refused() {
        return refused;
    }

    long withoutRetryAfter() {
        return withoutRetryAfter.sum();
    }

    long neither() {
        return neither.sum();
    }

    /** Some of those that were neither, for people. */
    Collection<String> told() {
        return told.keySet();
    }

    double slowestMillis() {
        return slowest.get() / 1e6;
    }
}
