package dev.outboard.runtime.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.spi.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * No change is missed: jobs change at any moment of their platform's time, are created in the middle of a round, are away
 * when they are told of, lose what they were told, and the platform fails. The safety net, a question for everything, is not
 * spread.
 */
class RosterPropertyTest {
    private static final Instant EPOCH = Instant.parse("2031-01-01T00:00:00Z");
    private static final int JOBS = 40;
    private static final int STEPS = 400;

    private Random random;
    private final List<PlatformJob> jobs = new ArrayList<>();
    private Roster roster;
    private boolean lossy;
    private long now;

    /** A job on the platform, and what the log says of it. */
    private final class PlatformJob {
        final Handle handle;
        final long born = now;
        long changed = now;
        int value;
        boolean ended;
        Job record;
        Waiter waiter;
        boolean away;

        PlatformJob(int number) {
            handle = new Handle(1, "h" + number);
            record = Records.running(handle);
        }

        void join(boolean bornHere) {
            away = false;
            var call = Records.call(record);
            var mine = new Waiter[1];
            mine[0] = new Waiter(call, outcome -> {
                assertTrue(waiter == mine[0], "one outcome a call");
                waiter = null;
                away = true;
                // the lane began again from the log
                if (!lossy || random.nextInt(8) != 0) {
                    record = Records.folded(record, outcome);
                }
            });
            waiter = mine[0];
            roster.join(handle, waiter, bornHere ? born : null);
        }

        Outcome state() {
            return ended
                    ? new Outcome.Cancelled()
                    : new Outcome.Running(false, "value " + value, null, List.of(), null, null);
        }

        boolean known() {
            return ended ? record.state().terminal() : ("value " + value).equals(record.message());
        }
    }

    @Test
    void everyChangeIsToldInTime() {
        lossy = true;
        for (long seed = 1; seed <= 300; seed++) {
            random = new Random(seed);
            jobs.clear();
            now = random.nextLong(1L << 40);
            roster = new Roster(() -> EPOCH);
            for (int step = 0; step < STEPS; step++) {
                happen();
                if (random.nextInt(3) == 0) {
                    round(random.nextInt(10) == 0, true);
                }
            }
            // quiet: all that is there must be told within a few rounds, of which none asks for everything without need
            for (int i = 0; i < 8; i++) {
                jobs.stream()
                        .filter(job -> job.waiter == null && !job.record.state().terminal())
                        .forEach(job -> job.join(false));
                round(false, false);
            }
            long told = seed;
            jobs.forEach(job -> assertTrue(job.known() || job.waiter == null && job.record.state().terminal(),
                    () -> "seed " + told + ": " + job.handle + " is at " + job.state() + ", known is " + job.record));
        }
    }

    private void happen() {
        now += 1 + random.nextInt(1_000_000);
        int what = random.nextInt(10);
        if (what < 3 && jobs.size() < JOBS) {
            jobs.add(new PlatformJob(jobs.size()));
        } else if (what < 6 && !jobs.isEmpty()) {
            var job = jobs.get(random.nextInt(jobs.size()));
            if (!job.ended) {
                job.value++;
                job.ended = random.nextInt(6) == 0;
                job.changed = now;
            }
        } else if (!jobs.isEmpty()) {
            var job = jobs.get(random.nextInt(jobs.size()));
            if (job.waiter == null && !job.record.state().terminal()) {
                // what another worker created is not known to have been born after anything
                job.join(!job.away && random.nextInt(5) != 0);
            }
        }
    }

    private void round(boolean fails, boolean busy) {
        var beginning = roster.begin(now, false);
        beginning.refused().forEach(Delivery::hand);
        singly(beginning);
        var round = beginning.round();
        if (round == null) {
            return;
        }
        var asOf = platform(now);
        for (var handle : round.handles()) {
            if (busy && random.nextInt(4) == 0) {
                happen();
            }
            var job = of(handle);
            boolean changed = round.since == null || !platform(job.changed).isBefore(round.since);
            // what changed after the question may be in the answer or not
            boolean told = changed && (round.since == null || job.changed <= round.begun || random.nextBoolean());
            if (told) {
                roster.told(round, handle, job.state(), now).forEach(Delivery::hand);
            }
        }
        if (fails) {
            roster.failed(round, new Outcome.Unreachable("away"), now).forEach(Delivery::hand);
        } else {
            roster.ended(round, true, asOf, now).forEach(Delivery::hand);
        }
    }

    private void singly(Roster.Beginning beginning) {
        beginning.singles()
                .forEach(single -> single.waiter()
                        .done()
                        .accept(roster.told(single, of(single.member().handle).state(), now)));
    }

    private PlatformJob of(Handle handle) {
        return jobs.stream().filter(job -> job.handle.equals(handle)).findFirst().orElseThrow();
    }

    /** The platform's clock has nothing to do with ours. */
    private static Instant platform(long nanos) {
        return EPOCH.minus(Duration.ofDays(400)).plusNanos(nanos);
    }

    @Test
    void whereThePlatformCanTellItIsNotAskedForEverythingAgain() {
        random = new Random(1);
        roster = new Roster(() -> EPOCH);
        for (int i = 0; i < JOBS; i++) {
            jobs.add(new PlatformJob(i));
            jobs.get(i).join(false);
        }
        int whole = 0;
        for (int i = 0; i < 50; i++) {
            now += 1_000_000_000;
            var job = new PlatformJob(jobs.size());
            jobs.add(job);
            now++;
            var beginning = roster.begin(now, false);
            singly(beginning);
            var round = beginning.round();
            whole += round.since == null ? 1 : 0;
            var asOf = platform(now);
            now++;
            round.handles()
                    .stream()
                    .filter(h -> round.since == null || platform(of(h).changed).isAfter(round.since))
                    .forEach(h -> roster.told(round, h, of(h).state(), now).forEach(Delivery::hand));
            // it began during this round, so the next one must look back to the round before
            job.join(true);
            roster.ended(round, true, asOf, now).forEach(Delivery::hand);
            jobs.stream().filter(other -> other.away).forEach(other -> other.join(false));
        }
        assertEquals(1, whole);
        assertTrue(jobs.stream().limit(85).allMatch(PlatformJob::known));
    }
}
