package dev.outboard.runtime.sweep;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.runtime.Platform;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/**
 * Looks for what platform and log do not agree on, look by look: the platform's listing first, then the log to its end. One
 * thread uses it, and keeps it: it remembers what it suspects.
 */
public final class Sweep {
    /** The platform's own on a finding. */
    private enum Word {
        CONFIRMED, DENIED, NONE
    }

    private final Platform platform;
    private final InstantSource clock;
    private final Suspects suspects;

    /** @param settling how long a contradiction must last; {@link Platform#settling} where jobs are at stake */
    public Sweep(Platform platform, Duration settling, InstantSource clock) {
        this.platform = platform;
        this.clock = clock;
        suspects = new Suspects(settling);
    }

    /**
     * Looks once. Nothing is changed.
     *
     * @throws Platform.Unanswered if the platform could not list
     * @throws TimeoutException if the log could not be read; the message is for people
     */
    public Looked look(JobLog log) throws Platform.Unanswered, TimeoutException, InterruptedException {
        var askedAt = clock.instant();
        return switch (platform.list(log.installation())) {
            case ListResult.CannotList(var why) -> new Looked.CannotList(why);
            case ListResult.Listed(var listed) -> {
                // only now: the intent of all that is listed is in the log by now
                var jobs = jobs(log, listed);
                var look = new Look(log.installation(), askedAt, listed, clock.instant(), jobs);
                var compared = Comparison.of(look);
                var settled = suspects.settled(look, compared.unexplained());
                // of strangers nothing is touched, so there is nothing to ask about either
                var words = look.acquainted() ? Together.ask(settled, this::word) : List.<Word>of();
                int denied = Collections.frequency(words, Word.DENIED);
                var found = IntStream.range(0, settled.size())
                        .filter(i -> words.isEmpty() || words.get(i) == Word.CONFIRMED)
                        .mapToObj(settled::get)
                        .toList();
                yield new Looked.Seen(found, !look.acquainted(), compared.unexplained().size() - denied,
                        suspects.due(), compared.explained() + denied);
            }
        };
    }

    /** The live jobs, and what the log remembers of others that the platform lists as live, or of one that ended. */
    private static Map<JobId, Job> jobs(JobLog log, List<ExternalJob> listed)
            throws TimeoutException, InterruptedException {
        var jobs = new HashMap<JobId, Job>();
        log.live().forEach(job -> jobs.put(job.id(), job));
        boolean acquainted = false;
        for (var external : liveFirst(listed)) {
            var id = JobId.parse(external.jobId()).orElse(null);
            if (id == null || acquainted && !external.live()) {
                continue;
            }
            if (!jobs.containsKey(id)) {
                var job = log.job(id);
                if (job != null) {
                    jobs.put(id, job);
                }
            }
            acquainted |= jobs.containsKey(id);
        }
        return jobs;
    }

    private static List<ExternalJob> liveFirst(List<ExternalJob> listed) {
        var sorted = new ArrayList<>(listed.stream().filter(ExternalJob::live).toList());
        listed.stream().filter(external -> !external.live()).forEach(sorted::add);
        return sorted;
    }

    /**
     * What is not listed is asked for by its handle before it is called missing: it may have ended long ago, unseen, or
     * have been created before this connector put labels on anything.
     */
    private Word word(Finding finding) throws InterruptedException {
        if (!(finding instanceof Finding.Missing(var job, _))) {
            return Word.CONFIRMED;
        }
        var handle = Objects.requireNonNull(job.attempt().handle(), "what has no handle is not missed");
        try {
            return switch (platform.poll(new Handle(handle.version(), handle.value()))) {
                case PollResult.Gone _ -> Word.CONFIRMED;
                case PollResult.Retry _ -> Word.NONE;
                default -> Word.DENIED;
            };
        } catch (Platform.Unanswered e) {
            // the job itself says that the platform is out of reach; whether it is lost, a later look will tell
            return Word.NONE;
        }
    }
}
