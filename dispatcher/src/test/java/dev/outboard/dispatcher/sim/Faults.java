package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Policy.Guarantee;
import java.util.SplittableRandom;

/**
 * What goes wrong in one run, and how often: one in so many steps or calls, 0 for never. Each seed has some kinds and
 * not others, because kinds that are always there hide each other.
 */
record Faults(Guarantee guarantee, int workers, int crash, int freeze, int expel, int handOver, int stop, int api,
        int pauseApi, int commit, int append, int question, int request, int reply, int refuse, int outage, int compact,
        int poison, int reborn) {

    static Faults of(SplittableRandom random) {
        var guarantee = Guarantee.values()[random.nextInt(8) < 5 ? 1 : random.nextInt(4)];
        int workers = 1 + random.nextInt(3);
        int crash = some(random, 150, 1500);
        int freeze = some(random, 200, 2000);
        int expel = some(random, 20, 300);
        int handOver = some(random, 20, 300);
        int stop = some(random, 30, 300);
        int api = some(random, 30, 300);
        int pauseApi = some(random, 30, 300);
        int commit = some(random, 8, 100);
        int append = some(random, 3, 20);
        int question = some(random, 5, 40);
        int request = some(random, 3, 20);
        int reply = some(random, 3, 20);
        int refuse = some(random, 3, 20);
        int outage = some(random, 30, 300);
        int compact = some(random, 4, 30);
        int poison = some(random, 5, 60);
        int reborn = some(random, 1, 2);
        return new Faults(guarantee, workers, crash, freeze, expel, handOver, stop, api, pauseApi, commit, append,
                question, request, reply, refuse, outage, compact, poison, reborn);
    }

    /** Nothing goes wrong but what a test does itself. */
    static Faults none(Guarantee guarantee, int workers) {
        return new Faults(guarantee, workers, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** Every request is lost or late, until it is calm. */
    static Faults slowRequests(Guarantee guarantee, int workers) {
        return new Faults(guarantee, workers, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0);
    }

    /** Workers die, sleep and are expelled, and messages are lost; the platform does as it is asked, while it is there. */
    static Faults ofWorkers(Guarantee guarantee, int workers) {
        return new Faults(guarantee, workers, 1500, 6000, 600, 600, 600, 600, 0, 200, 20, 40, 10, 10, 0, 0, 0, 0, 0);
    }

    private static int some(SplittableRandom random, int often, int seldom) {
        return random.nextInt(5) < 2 ? 0 : random.nextInt(often, seldom + 1);
    }
}
