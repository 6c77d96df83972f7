package dev.outboard.dispatcher.view;

import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.job.JobId;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The untaken creates of one partition that began nothing when they were read, for there was a job of their id. The command
 * log may be read ahead of the state log: should that job prove to have given way to such a create, it begins another after
 * all. Not safe for threads by itself.
 */
final class Repeats {
    private final ArrayDeque<Input.Create> inOrder = new ArrayDeque<>();
    private final Map<JobId, ArrayDeque<Input.Create>> byId = new HashMap<>();

    /** In order of their offsets. */
    void add(Input.Create create) {
        inOrder.add(create);
        byId.computeIfAbsent(create.id(), _ -> new ArrayDeque<>(1)).add(create);
    }

    /**
     * The first create that begins a job after this one, or null; it is a repeat no more.
     *
     * @param state the job that has ended, or null for one that is forgotten
     */
    Input.@Nullable Create begins(JobId id, @Nullable Known state) {
        var creates = byId.get(id);
        if (creates != null) {
            for (var create : creates) {
                if (state == null
                        ? create.replaces() == null
                        : state.gives(create.replaces(), create.accepted().at())) {
                    creates.remove(create);
                    return create;
                }
            }
        }
        return null;
    }

    /** Workers have folded all commands before this; so many of them were here. */
    int folded(long position) {
        int count = 0;
        while (!inOrder.isEmpty() && inOrder.peek().offset() < position) {
            var create = inOrder.remove();
            count++;
            byId.computeIfPresent(create.id(), (_, creates) -> {
                creates.remove(create);
                return creates.isEmpty() ? null : creates;
            });
        }
        return count;
    }
}
