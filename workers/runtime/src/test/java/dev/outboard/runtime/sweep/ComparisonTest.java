package dev.outboard.runtime.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.State;
import dev.outboard.runtime.sweep.Finding.Missing;
import dev.outboard.runtime.sweep.Finding.Orphan;
import dev.outboard.runtime.sweep.Finding.Why;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Each contradiction, and what looks like one. */
class ComparisonTest {
    private final Job running = Sample.running(1);

    @Test
    void whatRunsAndIsListedIsExplained() {
        var result = compared(List.of(running), List.of(Sample.of(running)));
        assertEquals(List.of(), result.unexplained());
        assertEquals(2, result.explained());
    }

    @Test
    void anExternalJobOfNoKnownJobIsAnOrphan() {
        assertEquals(List.of(new Orphan(Sample.stranger(), Why.UNKNOWN_JOB, null)),
                unexplained(List.of(running), List.of(Sample.of(running), Sample.stranger())));
    }

    @Test
    void alsoOneWhoseLabelIsNoJobsId() {
        var odd = new ExternalJob(Life.TYPE, "by hand", "k", new Handle(1, "odd"), true, Sample.T0);
        assertEquals(List.of(new Orphan(odd, Why.UNKNOWN_JOB, null)),
                unexplained(List.of(running), List.of(Sample.of(running), odd)));
    }

    @Test
    void anExternalJobThatOutlivesItsJobIsAnOrphan() {
        for (var ended : List.of(State.SUCCEEDED, State.FAILED, State.CANCELLED)) {
            var job = Sample.job(2, ended, 1, "h2");
            assertEquals(List.of(new Orphan(Sample.of(job), Why.JOB_ENDED, 1)),
                    unexplained(List.of(job), List.of(Sample.of(job))), ended.name());
        }
    }

    @Test
    void anEarlierAttemptsExternalJobIsAnOrphanWhileTheJobGoesOn() {
        var third = Sample.job(3, State.RUNNING, 3, "h3");
        var second = Sample.external(third, 2, "h2", true);
        assertEquals(List.of(new Orphan(second, Why.SUPERSEDED, 2)),
                unexplained(List.of(third), List.of(Sample.of(third), second)));
        var waiting = Sample.job(3, State.WAITING, 3, null);
        assertEquals(List.of(new Orphan(second, Why.SUPERSEDED, 2)), unexplained(List.of(waiting), List.of(second)));
    }

    @Test
    void anEarlierIncarnationsExternalJobIsAnOrphan() {
        var early = new ExternalJob(Life.TYPE, running.id().toString(), "e".repeat(52), new Handle(1, "e"), true,
                Sample.T0);
        assertEquals(List.of(new Orphan(early, Why.EARLIER_JOB, null)),
                unexplained(List.of(running), List.of(Sample.of(running), early)));
    }

    @Test
    void ofTwoUnderOneKeyTheOneThatTheJobDoesNotGoByIsAnOrphan() {
        var other = Sample.external(running, 1, "h1b", true);
        assertEquals(List.of(new Orphan(other, Why.DUPLICATE, 1)),
                unexplained(List.of(running), List.of(Sample.of(running), other)));
        assertEquals(List.of(), unexplained(List.of(running), List.of(other)),
                "a later connector may write the same handle in another way");
    }

    @Test
    void whatHasEndedOnThePlatformIsNoOrphan() {
        var job = Sample.job(2, State.SUCCEEDED, 1, "h2");
        assertEquals(List.of(), unexplained(List.of(job), List.of(Sample.external(job, 1, "h2", false))));
        assertEquals(List.of(),
                unexplained(List.of(running), List.of(Sample.external(running, 1, "h1", false))),
                "its end has not been polled yet");
    }

    @Test
    void aCreateUnderWayIsExplained() {
        for (var state : List.of(State.SUBMITTING, State.CANCELLING)) {
            var job = Sample.job(4, state, 1, null);
            assertEquals(List.of(), unexplained(List.of(job), List.of(Sample.external(job, 1, "h4", true))));
            assertEquals(List.of(), unexplained(List.of(job), List.of()), "it may not have landed");
        }
    }

    @Test
    void aJobWhoseExternalJobIsNotListedIsMissing() {
        for (var state : List.of(State.RUNNING, State.CANCELLING)) {
            var job = Sample.job(4, state, 2, "h4");
            assertEquals(List.of(new Missing(job, Sample.key(job, 2))),
                    unexplained(List.of(running, job), List.of(Sample.of(running))), state.name());
        }
    }

    @Test
    void whatAPersonSaidAJobGoesByIsItsOwnWhateverItsLabels() {
        var told = Sample.job(5, State.RUNNING, 2, "h5");
        assertEquals(List.of(), unexplained(List.of(told), List.of(Sample.external(told, 1, "h5", true))));
    }

    @Test
    void twoSidesThatKnowNothingOfEachOtherAreStrangers() {
        assertFalse(look(List.of(running), List.of(Sample.stranger())).acquainted());
        assertFalse(look(List.of(running), List.of()).acquainted());
        assertTrue(look(List.of(running), List.of(Sample.stranger(), Sample.external(running, 1, "h", false)))
                .acquainted());
    }

    private static List<Finding> unexplained(List<Job> jobs, List<ExternalJob> listed) {
        return compared(jobs, listed).unexplained();
    }

    private static Comparison.Result compared(List<Job> jobs, List<ExternalJob> listed) {
        return Comparison.of(look(jobs, listed));
    }

    private static Look look(List<Job> jobs, List<ExternalJob> listed) {
        var byId = jobs.stream().collect(Collectors.toMap(Job::id, job -> job));
        return new Look(Sample.INSTALLATION, Sample.T0, listed, Sample.T0, byId);
    }
}
