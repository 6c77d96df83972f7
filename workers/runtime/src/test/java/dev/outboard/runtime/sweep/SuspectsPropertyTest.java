package dev.outboard.runtime.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Outcome;
import dev.outboard.dispatcher.job.Policy.Guarantee;
import dev.outboard.dispatcher.job.State;
import dev.outboard.runtime.sweep.PlatformModel.External;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * However slowly a platform lists and the log moves meanwhile: no job that follows the rules is ever called an orphan or
 * missing, and what breaks them always is. The seed is in the message.
 */
class SuspectsPropertyTest {
    private static final int SEEDS = 150;
    private static final int LIVES = 12;
    private static final Duration SPAN = Duration.ofMinutes(20);

    @ParameterizedTest
    @EnumSource(value = Guarantee.class, names = {"TOKEN", "ADOPT", "SEARCH"})
    void noJobThatFollowsTheRulesIsEverFoundAndWhatDoesNotAlwaysIs(Guarantee guarantee) {
        var settling = Life.policy(guarantee).quarantine();
        var seen = EnumSet.noneOf(State.class);
        int suspected = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            var random = new Random(seed);
            var lives = new ArrayList<Life>();
            for (int i = 0; i < LIVES; i++) {
                lives.add(new Life(guarantee, new JobId(i, i), Sample.T0.plusMillis(random.nextInt(600_000)),
                        Sample.T0.plus(SPAN.multipliedBy(2)), random));
            }
            lives.forEach(life -> life.log.values().forEach(job -> seen.add(job.state())));
            // as no rule makes it: an external job that outlives its job, and a job whose external job was taken away
            var orphan = plantOrphan(lives);
            var lost = takeAway(lives);
            var suspects = new Suspects(settling);
            var found = new ArrayList<Finding>();
            for (var at = Sample.T0; at.isBefore(Sample.T0.plus(SPAN)); at = at.plusMillis(5_000
                    + random.nextInt(150_000))) {
                var look = look(lives, at, settling, random);
                var unexplained = Comparison.of(look).unexplained();
                suspected += unexplained.size();
                found.addAll(suspects.settled(look, unexplained));
            }
            var wrong = found.stream().filter(f -> !handles(orphan).contains(handle(f)) && !lost.contains(handle(f)));
            assertEquals(List.of(),
                    wrong.map(f -> f + " of " + lives.stream().filter(life -> life.is(f)).toList()).toList(),
                    guarantee + " seed " + seed);
            var handles = found.stream().map(SuspectsPropertyTest::handle).collect(Collectors.toSet());
            assertTrue(handles.containsAll(handles(orphan)), guarantee + " seed " + seed + ": an orphan is overlooked");
            assertTrue(handles.containsAll(lost), guarantee + " seed " + seed + ": a lost job is overlooked");
        }
        assertEquals(EnumSet.allOf(State.class), seen, "lives that miss states show nothing");
        assertTrue(suspected > SEEDS * 10, "looks that need no time to be explained show nothing: " + suspected);
    }

    private static List<External> plantOrphan(List<Life> lives) {
        for (var life : lives) {
            var ended = life.log.lastEntry();
            if (ended.getValue().state().terminal() && ended.getKey().isBefore(Sample.T0.plus(SPAN.dividedBy(2)))) {
                var orphan = new External(Sample.key(ended.getValue(), 1), "orphan", ended.getKey(), Instant.MAX,
                        new Outcome.Cancelled());
                life.platform.externals.add(orphan);
                return List.of(orphan);
            }
        }
        return List.of();
    }

    /** The handle that a job goes by for most of the time, if there is such a job. */
    private static Set<String> takeAway(List<Life> lives) {
        for (var life : lives) {
            var early = life.at(Sample.T0.plus(SPAN.dividedBy(2)));
            var late = life.at(Sample.T0.plus(SPAN));
            if (early != null && early.state() == State.RUNNING && late.state() == State.RUNNING
                    && early.attempt().number() == late.attempt().number()) {
                var handle = late.attempt().handle().value();
                life.platform.externals.removeIf(e -> e.handle().equals(handle));
                return Set.of(handle);
            }
        }
        return Set.of();
    }

    private static Set<String> handles(List<External> externals) {
        return externals.stream().map(External::handle).collect(Collectors.toSet());
    }

    private static String handle(Finding finding) {
        return switch (finding) {
            case Finding.Orphan(var external, _, _) -> external.handle().value();
            case Finding.Missing(var job, _) -> job.attempt().handle().value();
        };
    }

    /** Every external job as it was at a moment of its own, then every job as it was at one. */
    private static Look look(List<Life> lives, Instant askedAt, Duration lag, Random random) {
        long slow = random.nextInt(60_000);
        var listed = new ArrayList<ExternalJob>();
        for (var life : lives) {
            var id = life.log.firstEntry().getValue().id().toString();
            for (var external : life.platform.externals) {
                var at = askedAt.minus(lag).plusMillis(random.nextLong(lag.toMillis() + slow + 1));
                if (!external.from().isAfter(at)) {
                    listed.add(new ExternalJob(Life.TYPE, id, external.key(), new Handle(1, external.handle()),
                            external.to().isAfter(at), external.from()));
                }
            }
        }
        var read = askedAt.plusMillis(slow);
        var jobs = new HashMap<JobId, Job>();
        for (var life : lives) {
            var job = life.at(read.plusMillis(random.nextInt(1_000)));
            if (job != null) {
                jobs.put(job.id(), job);
            }
        }
        return new Look(Sample.INSTALLATION, askedAt, listed, read.plusSeconds(1), jobs);
    }
}
