package dev.outboard.crash.fault;

import dev.outboard.crash.fault.Fault.Kind;
import java.util.Random;

/**
 * One lane's faults, one after the other. Follows from the seed and the number of jobs alone. Used by one thread.
 *
 * <p>
 * They are spread over the jobs, not over time: on a slow machine a fault must not be followed by the next before anything
 * has recovered.
 */
public final class Schedule {
    /** Faults that are done side by side. */
    public enum Lane {
        WORKERS, ZOMBIES, APIS, BROKERS, PLATFORM
    }

    private final Lane lane;
    private final Random random;
    private final int total;
    private final int jobs;
    private int count;

    public Schedule(long seed, int jobs, Lane lane) {
        this.lane = lane;
        this.jobs = jobs;
        total = total(lane, jobs);
        random = new Random(seed * 31 + lane.ordinal());
    }

    /** How many faults so many jobs are worth. */
    static int total(Lane lane, int jobs) {
        return switch (lane) {
            case WORKERS -> Math.clamp(jobs / 150, 3, 60);
            case ZOMBIES -> Math.clamp(jobs / 500, 2, 30);
            case APIS -> Math.clamp(jobs / 400, 1, 40);
            case BROKERS -> Math.clamp(jobs / 700, 1, 20);
            case PLATFORM -> Math.clamp(jobs / 300, 1, 40);
        };
    }

    public boolean more() {
        return count < total;
    }

    /** How many jobs must have been accepted before the next fault is due: some before the first, some after the last. */
    public int dueAfter() {
        return (int) (0.8 * jobs * (count + 0.3) / total);
    }

    public Fault next() {
        count++;
        return switch (lane) {
            case WORKERS -> fault(count % 3 == 2 ? Kind.STOP_WORKER : Kind.KILL_WORKER, 500, 4000, 0, 3000);
            // a session is 6 s: 7.5 is beyond it, and with more than 10 the watchdog ends the process that wakes up
            case ZOMBIES -> fault(count % 2 == 0 ? Kind.PAUSE_API : Kind.PAUSE_WORKER, 500, 3000, 7500, 11_500);
            case APIS -> fault(Kind.KILL_API, 1500, 6000, 0, 2500);
            case BROKERS -> fault(Kind.KILL_BROKER, 500, 4000, 500, 3000);
            case PLATFORM -> fault(Kind.OUTAGE, 4000, 12_000, 1000, 5000);
        };
    }

    private Fault fault(Kind kind, int leastAfter, int mostAfter, int leastFor, int mostFor) {
        return new Fault(kind, random.nextInt(6), random.nextInt(leastAfter, mostAfter),
                random.nextInt(leastFor, mostFor));
    }
}
