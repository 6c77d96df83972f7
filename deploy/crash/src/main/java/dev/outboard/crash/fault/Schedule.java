package dev.outboard.crash.fault;

import dev.outboard.crash.fault.Fault.Kind;
import java.util.Random;

/** One lane's faults, one after the other without end. The same seed gives the same ones. Used by one thread. */
public final class Schedule {
    /** Faults that are done side by side. */
    public enum Lane {
        WORKERS, ZOMBIES, APIS, BROKERS, PLATFORM
    }

    private final Lane lane;
    private final Random random;
    private int count;

    public Schedule(long seed, Lane lane) {
        this.lane = lane;
        random = new Random(seed * 31 + lane.ordinal());
    }

    public Fault next() {
        count++;
        return switch (lane) {
            case WORKERS -> fault(count % 4 == 0 ? Kind.STOP_WORKER : Kind.KILL_WORKER, 500, 4000, 0, 3000);
            // a session is 6 s: 7.5 is beyond it, and with more than 10 the watchdog ends the process that wakes up
            case ZOMBIES -> fault(count % 3 == 2 ? Kind.PAUSE_API : Kind.PAUSE_WORKER, 500, 3000, 7500, 11_500);
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
