package dev.outboard.crash.fault;

import dev.outboard.crash.fault.Fault.Kind;
import java.util.EnumMap;
import java.util.Map;

/** How often each fault must have been done for a run of so many jobs to count: as often as it is scheduled. */
public record Minimums(Map<Kind, Integer> of) {
    /** So many jobs may come before the first fault, and between one and the next. */
    private static final double AHEAD = 0.3;

    public Minimums {
        of = Map.copyOf(of);
    }

    public static Minimums forJobs(long seed, int jobs) {
        var minimums = new EnumMap<Kind, Integer>(Kind.class);
        for (var lane : Schedule.Lane.values()) {
            var schedule = new Schedule(seed, jobs, lane);
            while (schedule.more()) {
                minimums.merge(schedule.next().kind(), 1, Integer::sum);
            }
        }
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

    /** How many of all jobs may have begun: jobs wait for faults as faults wait for jobs, so that every fault hits some. */
    public int allowed(Tally tally, int jobs) {
        double progress = progress(tally);
        return progress >= 1 ? jobs : (int) Math.ceil(jobs * (AHEAD + (1 - AHEAD) * progress * 0.9));
    }
}
