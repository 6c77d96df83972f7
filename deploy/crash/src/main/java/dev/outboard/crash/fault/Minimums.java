package dev.outboard.crash.fault;

import dev.outboard.crash.fault.Fault.Kind;
import java.util.EnumMap;
import java.util.Map;

/** How often each fault must have been done for a run of so many jobs to count; it goes on until then. */
public record Minimums(Map<Kind, Integer> of) {
    public Minimums {
        of = Map.copyOf(of);
    }

    public static Minimums forJobs(int jobs) {
        var minimums = new EnumMap<Kind, Integer>(Kind.class);
        minimums.put(Kind.KILL_WORKER, Math.clamp(jobs / 250, 2, 60));
        minimums.put(Kind.KILL_API, Math.clamp(jobs / 400, 1, 40));
        minimums.put(Kind.KILL_BROKER, Math.clamp(jobs / 700, 1, 20));
        minimums.put(Kind.PAUSE_WORKER, Math.clamp(jobs / 700, 1, 20));
        return new Minimums(minimums);
    }

    public static Minimums none() {
        return new Minimums(Map.of());
    }

    /** From 0 to 1: how much of it is done. */
    public double progress(Tally tally) {
        int wanted = of.values().stream().mapToInt(Integer::intValue).sum();
        int done = of.entrySet().stream().mapToInt(e -> Math.min(e.getValue(), tally.of(e.getKey()))).sum();
        return wanted == 0 ? 1 : (double) done / wanted;
    }

    /**
     * How many of all jobs may have begun: jobs come as long as faults do, so that every fault hits some.
     */
    public int allowed(Tally tally, int jobs) {
        double progress = progress(tally);
        return progress >= 1 ? jobs : (int) Math.ceil(jobs * (0.15 + 0.8 * progress));
    }
}
