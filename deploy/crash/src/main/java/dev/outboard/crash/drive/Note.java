package dev.outboard.crash.drive;

import dev.outboard.crash.platform.Script;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What was seen of one job by all who looked. Safe for many threads. */
public final class Note {
    private final Script script;
    private @Nullable String id;
    private long incarnation = -1;
    private boolean cancelAccepted;
    private boolean ended;
    private final List<String> backwards = new ArrayList<>();
    private final List<String> missed = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();

    /**
     * The same, as it was at one moment.
     *
     * @param id null while no create was acknowledged
     * @param cancelAccepted a cancel was answered with 202
     * @param ended its client has seen its end
     * @param backwards reads that showed less than the same reader had seen before
     * @param missed answers that the job is not known, after its create was acknowledged
     * @param odd answers that no document promises
     */
    public record Seen(Script script, @Nullable String id, boolean cancelAccepted, boolean ended,
            List<String> backwards, List<String> missed, List<String> odd) {
        public Seen {
            backwards = List.copyOf(backwards);
            missed = List.copyOf(missed);
            odd = List.copyOf(odd);
        }
    }

    Note(Script script) {
        this.script = script;
    }

    Script script() {
        return script;
    }

    /** Its create's idempotency key, and its name in the history. */
    String key() {
        return "crash-" + script.seed() + "-" + script.number();
    }

    synchronized void acknowledged(String acknowledged, long of) {
        if (id != null && (!id.equals(acknowledged) || incarnation != of)) {
            odd.add("its create was acknowledged as " + id + "@" + incarnation + " and as " + acknowledged + "@" + of);
        }
        id = acknowledged;
        incarnation = of;
    }

    synchronized void cancelAccepted() {
        cancelAccepted = true;
    }

    synchronized void ended() {
        ended = true;
    }

    synchronized void backwards(String what) {
        backwards.add(what);
    }

    synchronized void missed(String what) {
        missed.add(what);
    }

    synchronized void odd(String what) {
        odd.add(what);
    }

    synchronized @Nullable String id() {
        return id;
    }

    synchronized boolean live() {
        return id != null && !ended;
    }

    public synchronized Seen seen() {
        return new Seen(script, id, cancelAccepted, ended, backwards, missed, odd);
    }
}
