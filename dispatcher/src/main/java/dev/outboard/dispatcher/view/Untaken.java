package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Known.Seen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The creates of one partition that begin a job and that no worker has folded. Not safe for threads by itself. */
final class Untaken {

    /**
     * A create as readers see it.
     *
     * @param replaces of a replay, the incarnation that it begins anew
     */
    record Waiting(Seen seen, @Nullable Long replaces) {

        /** By the worker's own rule; a worker may also have folded it already, and its watermark not be read yet. */
        boolean follows(@Nullable Known state) {
            return state == null
                    ? replaces == null
                    : seen.incarnation() > state.incarnation()
                            && state.gives(replaces, seen.job().accepted().at());
        }
    }

    /** In order of their offsets. */
    private final Map<JobId, Waiting> inOrder = new LinkedHashMap<>();

    @Nullable
    Waiting get(JobId id) {
        return inOrder.get(id);
    }

    Set<JobId> ids() {
        return inOrder.keySet();
    }

    /** When the oldest was appended, or null. */
    @Nullable
    Instant oldest() {
        return inOrder.isEmpty() ? null : inOrder.values().iterator().next().seen().job().accepted().at();
    }

    /** Of an id that is not here, behind all that are. */
    void add(Input.Create create, Seen seen) {
        inOrder.put(create.id(), new Waiting(seen, create.replaces()));
    }

    /** Any create, in place of another of its id if there is one: true if there is none. */
    boolean put(Input.Create create, Seen seen) {
        boolean fresh = inOrder.put(create.id(), new Waiting(seen, create.replaces())) == null;
        var sorted = new ArrayList<>(inOrder.entrySet());
        sorted.sort(Comparator.comparing(entry -> entry.getValue().seen().position().offset()));
        inOrder.clear();
        sorted.forEach(entry -> inOrder.put(entry.getKey(), entry.getValue()));
        return fresh;
    }

    /** The id of the oldest if it stands before this position, or null. */
    @Nullable
    JobId before(long position) {
        // in order of their offsets, so a long backlog is not walked for every few that a worker takes
        var oldest = inOrder.entrySet().iterator();
        if (!oldest.hasNext()) {
            return null;
        }
        var first = oldest.next();
        return first.getValue().seen().position().offset() < position ? first.getKey() : null;
    }

    void remove(JobId id) {
        inOrder.remove(id);
    }
}
