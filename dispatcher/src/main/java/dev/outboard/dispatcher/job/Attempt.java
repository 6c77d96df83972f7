package dev.outboard.dispatcher.job;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One try at the job on the platform.
 *
 * @param number counted from 1
 * @param lost how many earlier attempts died with their worker, or never came to be as a person told; they do not count
 *     against the job's own limit
 * @param bugs how many exceptions of one class in a row a create threw, or an occupy after those
 * @param bug that class, or null
 * @param submittedAt when the intent to create (or to create again) was committed, or null before
 * @param handle how to find the external job, or null while not known
 * @param queued true while the platform itself queues it
 * @param progress from 0 to 1, or null
 * @param info what the platform tells, a Struct's bytes, or null
 */
public record Attempt(int number, int lost, int bugs, @Nullable String bug, @Nullable Instant submittedAt,
        @Nullable Handle handle, boolean queued, List<Link> links, @Nullable Double progress, @Nullable Bytes info) {
    public Attempt {
        links = List.copyOf(links);
    }

    /** Before its intent to create. */
    static Attempt fresh(int number, int lost) {
        return new Attempt(number, lost, 0, null, null, null, false, List.of(), null, null);
    }

    Attempt submitted(Instant at) {
        return new Attempt(number, lost, bugs, bug, at, handle, queued, links, progress, info);
    }

    /** Equal are exceptions of one class: their messages may carry a request's id or a time. */
    Attempt threw(String cause) {
        var kind = cause.split(":", 2)[0];
        return new Attempt(number, lost, kind.equals(bug) ? bugs + 1 : 1, kind, submittedAt, handle, queued, links,
                progress, info);
    }

    /** Something else than an exception came: those before it are not counted any more. */
    Attempt calm() {
        return new Attempt(number, lost, 0, null, submittedAt, handle, queued, links, progress, info);
    }

    Attempt found(Handle found, List<Link> pages) {
        return new Attempt(number, lost, 0, null, submittedAt, found, queued, pages, progress, info);
    }

    Attempt seen(boolean nowQueued, List<Link> pages, @Nullable Double fraction, @Nullable Bytes told) {
        return new Attempt(number, lost, bugs, bug, submittedAt, handle, nowQueued, pages.isEmpty() ? links : pages,
                fraction == null ? progress : fraction, told == null ? info : told);
    }
}
