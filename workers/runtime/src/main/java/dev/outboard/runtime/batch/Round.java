package dev.outboard.runtime.batch;

import dev.outboard.spi.Handle;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One question for many jobs. Under its roster's lock, but for what is final and not changed after its making. */
final class Round {
    /** All that are asked for, with those whose poll was answered a moment ago and will be back. */
    final Map<Handle, Member> asked = new LinkedHashMap<>();
    /** Those of them that wait for it. */
    final Set<Member> waiting = new HashSet<>();
    final long begun;
    /** Null for all there is to tell. */
    final @Nullable Instant since;
    /** Of whom was told something. */
    final Set<Member> told = new HashSet<>();
    /** Those of them who did not take it in, and so must be told again. */
    final Set<Member> lost = new HashSet<>();
    /** How many more it said to be as they were. */
    int unchanged;
    /** True once it is decided how it ended: what comes later is dropped. */
    boolean over;

    Round(long begun, @Nullable Instant since) {
        this.begun = begun;
        this.since = since;
    }

    Set<Handle> handles() {
        return Set.copyOf(asked.keySet());
    }
}
