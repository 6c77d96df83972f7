package dev.outboard.dispatcher.sim;

import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What clients were told, of all of them: no later answer may contradict it. */
final class Story {
    /** How far a job had come. */
    record Point(long incarnation, long rev) implements Comparable<Point> {
        static Point of(Job job) {
            return new Point(job.incarnation(), job.rev());
        }

        @Override
        public int compareTo(Point other) {
            return incarnation != other.incarnation
                    ? Long.compare(incarnation, other.incarnation)
                    : Long.compare(rev, other.rev);
        }
    }

    /** A cancel that was promised. */
    record Owed(JobId id, long incarnation) {}

    /** Jobs whose create was acknowledged, and that cannot have been forgotten yet. */
    final Set<JobId> acknowledged = new HashSet<>();
    final Map<JobId, Set<Long>> everAcknowledged = new HashMap<>();
    final Set<Owed> owed = new HashSet<>();
    private final Map<JobId, Point> shown = new HashMap<>();

    void acknowledged(Job job) {
        acknowledged.add(job.id());
        everAcknowledged.computeIfAbsent(job.id(), id -> new HashSet<>()).add(job.incarnation());
    }

    /** The furthest that anybody has been shown of this job, or null. */
    @Nullable
    Point shown(JobId id) {
        return shown.get(id);
    }

    void shown(Job job) {
        shown.merge(job.id(), Point.of(job), (a, b) -> a.compareTo(b) > 0 ? a : b);
    }
}
