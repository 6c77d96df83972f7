package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.util.SplittableRandom;

/**
 * What goes wrong in one run, and how often: one in so many steps or calls, 0 for never. Each seed has some kinds and
 * not others, because kinds that are always there hide each other.
 */
record Faults(Guarantee guarantee, int workers, int crash, int freeze, int expel, int handOver, int stop, int api,
        int pauseApi,
        int commit, int append, int question, int request, int reply, int refuse, int outage, int compact, int reborn) {

    static Faults of(SplittableRandom random) {
        var guarantee = Guarantee.values()[random.nextInt(8) < 5 ? 1 : random.nextInt(4)];
        return new Faults(guarantee, 1 + random.nextInt(3), some(random, 150, 1500), some(random, 200, 2000),
                some(random, 20, 300), some(random, 20, 300), some(random, 30, 300), some(random, 30, 300),
                some(random, 30, 300),
                some(random, 8, 100), some(random, 3, 20), some(random, 5, 40), some(random, 3, 20),
                some(random, 3, 20),
                some(random, 3, 20), some(random, 30, 300), some(random, 4, 30), some(random, 1, 2));
    }

    /** Nothing goes wrong but what a test does itself. */
    static Faults none(Guarantee guarantee, int workers) {
        return new Faults(guarantee, workers, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Every request is lost or late, until it is calm. */
    static Faults slowRequests(Guarantee guarantee, int workers) {
        return new Faults(guarantee, workers, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0);
    }

    private static int some(SplittableRandom random, int often, int seldom) {
        return random.nextInt(5) < 2 ? 0 : random.nextInt(often, seldom + 1);
    }
}
