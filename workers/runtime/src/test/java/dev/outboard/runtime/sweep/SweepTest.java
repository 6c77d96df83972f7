package dev.outboard.runtime.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.State;
import dev.outboard.runtime.Connectors;
import dev.outboard.runtime.Platform;
import dev.outboard.runtime.Secrets;
import dev.outboard.runtime.WorkerSetup;
import dev.outboard.runtime.sweep.Finding.Missing;
import dev.outboard.runtime.sweep.Finding.Orphan;
import dev.outboard.runtime.sweep.Finding.Why;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looks and repairs through a connector, with a log that is a map. */
class SweepTest {
    private final ListingConnector connector = new ListingConnector();
    private final Secrets secrets = new Secrets(Map.of("OUTBOARD_SECRET_TOKEN", "hunter2-hunter2"), List.of());
    private final Connectors connectors = Connectors.open(List.of(connector), Set.of(Life.TYPE),
            new WorkerSetup("w1", Map.of(), Path.of("target", "data"), secrets, Clock.systemUTC(),
                    Duration.ofDays(7)));
    private final Platform platform = connectors.platform(Life.TYPE);
    private final Log log = new Log();
    private final Job healthy = Sample.running(1);
    private Instant now = Sample.T0;
    private final Sweep sweep = new Sweep(platform, platform.settling(), () -> now);

    /** Jobs as the log has them. */
    private static final class Log implements JobLog {
        private final Map<JobId, Job> jobs = new HashMap<>();
        private final List<String> givenUp = new ArrayList<>();

        @Override
        public String installation() {
            return Sample.INSTALLATION;
        }

        @Override
        public List<Job> live() {
            return jobs.values().stream().filter(job -> !job.state().terminal()).toList();
        }

        @Override
        public Job job(JobId id) {
            return jobs.get(id);
        }

        @Override
        public boolean giveUp(JobId id, int attempt, String reason) {
            var job = jobs.get(id);
            if (job.state().terminal() || job.attempt().number() != attempt) {
                return false;
            }
            return givenUp.add(id + " " + reason);
        }
    }

    @AfterEach
    void close() {
        connectors.close();
    }

    @Test
    void whatIsCreatedWhileThePlatformListsIsExplainedAtOnce() throws Exception {
        both(healthy);
        both(Sample.running(4));
        connector.list = () -> {
            both(Sample.running(2));
            both(Sample.job(3, State.SUBMITTING, 1, null), "h3");
            connector.listed.removeIf(external -> external.handle().value().equals("h4"));
            both(Sample.job(4, State.RUNNING, 2, "h4b"));
            return new ListResult.Listed(connector.listed);
        };
        var seen = look();
        assertEquals(0, seen.suspected(), "the log is read after the listing: " + seen);
        assertEquals(8, seen.explained());
        assertNull(seen.due());
    }

    @Test
    void onlyWhatStaysUnexplainedForTheSettlingTimeIsFound() throws Exception {
        both(healthy);
        connector.listed.add(Sample.stranger());
        assertEquals(Duration.ofSeconds(90), platform.settling(), "the call's deadline, and a minute for strays");
        var first = look();
        assertEquals(List.of(), first.found());
        assertEquals(1, first.suspected());
        assertEquals(now.plusSeconds(90), first.due());
        now = now.plusSeconds(89);
        assertEquals(List.of(), look().found());
        now = now.plusSeconds(1);
        assertEquals(List.of(new Orphan(Sample.stranger(), Why.UNKNOWN_JOB, null)), look().found());
        assertEquals(List.of(), connector.deleted, "looking changes nothing");
    }

    @Test
    void whatIsExplainedInBetweenBeginsAnew() throws Exception {
        both(healthy);
        connector.listed.add(Sample.stranger());
        look();
        connector.listed.remove(Sample.stranger());
        now = now.plusSeconds(100);
        assertNull(look().due());
        connector.listed.add(Sample.stranger());
        now = now.plusSeconds(100);
        assertEquals(List.of(), look().found());
    }

    @Test
    void whatIsNotListedIsMissingOnlyOnceThePlatformSaysThatItIsGone() throws Exception {
        both(healthy);
        var lost = Sample.running(2);
        log.jobs.put(lost.id(), lost);
        for (var said : List.of(PollResult.Running.plain(), new PollResult.Cancelled())) {
            connector.polls.put("h2", said);
            var seen = settled();
            assertEquals(List.of(), seen.found(), said.toString());
            assertEquals(0, seen.suspected(), "that explains it");
        }
        connector.polls.put("h2", new PollResult.Retry(Duration.ofSeconds(1), "busy"));
        assertEquals(List.of(), found());
        connector.polls.remove("h2");
        var unasked = settled();
        assertEquals(List.of(), unasked.found(), "the platform cannot be asked");
        assertEquals(1, unasked.suspected());
        connector.polls.put("h2", new PollResult.Gone());
        assertEquals(List.of(new Missing(lost, Sample.key(lost, 1))), found());
    }

    @Test
    void jobsOfTheConnectorsOtherTypesAreNotThisSweeps() throws Exception {
        both(healthy);
        var stranger = Sample.stranger();
        connector.listed.add(new ExternalJob("other", stranger.jobId(), stranger.key(), stranger.handle(), true,
                Sample.T0));
        assertEquals(0, look().suspected());
    }

    @Test
    void anOrphanIsDeletedUntilItHasEnded() throws Exception {
        both(healthy);
        connector.listed.add(Sample.stranger());
        connector.deletes.add(() -> new PollResult.Running(false, null, null, List.of(), Map.of(), Duration.ZERO));
        connector.deletes.add(() -> {
            throw new IOException("reset");
        });
        connector.deletes.add(PollResult.Cancelled::new);
        var lines = repair().fix(settled());
        assertEquals("cancelled", lines.getFirst().done());
        assertTrue(lines.getFirst().fixed());
        assertEquals(List.of("x", "x", "x"), connector.deleted, "and no other");
    }

    @Test
    void anOrphanThatDoesNotStopIsLeftWithTheReason() throws Exception {
        both(healthy);
        connector.listed.add(Sample.stranger());
        connector.deletes.add(() -> {
            secrets.read("TOKEN");
            throw new IOException("token hunter2-hunter2 refused");
        });
        var line = repair().fix(settled()).getFirst();
        assertEquals("not stopped: IOException: token *** refused", line.done());
        assertEquals(false, line.fixed());
    }

    @Test
    void aLostJobIsFailedUnlessItHasMovedOn() throws Exception {
        both(healthy);
        var lost = Sample.running(2);
        log.jobs.put(lost.id(), lost);
        connector.polls.put("h2", new PollResult.Gone());
        var seen = settled();
        log.jobs.put(lost.id(), Sample.job(2, State.RUNNING, 2, "h2b"));
        var line = repair().fix(seen).getFirst();
        assertEquals(List.of(), log.givenUp, line.done());
        log.jobs.put(lost.id(), lost);
        assertEquals("failed", repair().fix(seen).getFirst().done());
        assertEquals(List.of(lost.id() + " the platform no longer has it, as Fake 1.2 says"), log.givenUp);
    }

    @Test
    void ofStrangersNothingIsTouched() throws Exception {
        log.jobs.put(healthy.id(), healthy);
        connector.listed.add(Sample.stranger());
        connector.polls.put("h1", new PollResult.Gone());
        connector.deletes.add(PollResult.Cancelled::new);
        var seen = settled();
        assertTrue(seen.strangers());
        var lines = repair().fix(seen);
        assertEquals(2, lines.size());
        assertTrue(lines.stream().noneMatch(Line::fixed), lines.toString());
        assertEquals(List.of(), connector.deleted);
        assertEquals(List.of(), log.givenUp);
    }

    @Test
    void aConnectorThatCannotListSaysWhy() throws Exception {
        connector.list = () -> new ListResult.CannotList("nobody knows");
        assertEquals(new Looked.CannotList("nobody knows"), sweep.look(log));
    }

    @Test
    void aPlatformThatCannotBeAskedIsNoEmptyOne() {
        connector.list = () -> {
            throw new IOException("503");
        };
        var told = assertThrows(Platform.Unanswered.class, () -> sweep.look(log));
        assertEquals("IOException: 503", told.getMessage());
        connector.list = () -> null;
        assertNotNull(assertThrows(Platform.Unanswered.class, () -> sweep.look(log)).getMessage());
    }

    private Repair repair() {
        return new Repair(platform, log, Duration.ofSeconds(1));
    }

    private void both(Job job) {
        both(job, job.attempt().handle().value());
    }

    private void both(Job job, String handle) {
        log.jobs.put(job.id(), job);
        connector.listed.add(new ExternalJob(Life.TYPE, job.id().toString(), Sample.key(job, job.attempt().number()),
                new Handle(1, handle), true, now));
    }

    private Looked.Seen look() throws Exception {
        return (Looked.Seen) sweep.look(log);
    }

    private List<Finding> found() throws Exception {
        return settled().found();
    }

    /** Two looks, far enough apart. */
    private Looked.Seen settled() throws Exception {
        look();
        now = now.plus(platform.settling());
        return look();
    }
}
