package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Jobs as rows of a table; wide ones tell absolute times and who the job is of. */
public final class JobRows {
    private static final List<String> HEAD = List.of("JOB", "STATE", "PROGRESS", "TASK TYPE", "NAME", "CREATED",
            "TOOK");
    private static final List<String> WIDE = List.of("JOB", "STATE", "PROGRESS", "TASK TYPE", "NAME", "PROJECT",
            "DOMAIN", "ATTEMPT", "CREATED", "ENDED", "TOOK", "LABELS", "MESSAGE");

    private JobRows() {}

    public static List<String> head(boolean wide) {
        return wide ? WIDE : HEAD;
    }

    /**
     * @param now which relative times are told from
     */
    public static List<String> row(Job job, boolean wide, Instant now) {
        var row = new ArrayList<>(List.of(Text.orDash(job.id()), Text.orDash(job.stateText()), progress(job),
                Text.orDash(job.taskType()), Text.orDash(job.name())));
        if (wide) {
            row.addAll(List.of(Text.orDash(job.project()), Text.orDash(job.domain()),
                    Text.orDash(JobSheet.attempt(job)), Text.orDash(job.createdAt()), Text.orDash(job.endedAt()),
                    took(job, now), Text.orDash(JobSheet.labels(job)), Text.orDash(message(job))));
        } else {
            row.addAll(List.of(Elapsed.ago(job.createdAt(), now), took(job, now)));
        }
        return row;
    }

    /** Of an ended job from created to ended, else until now. */
    public static String took(Job job, Instant now) {
        var created = job.createdAt();
        var took = job.took();
        if (took == null && created != null && !job.ended()) {
            took = Duration.between(created, now);
        }
        return took == null ? "-" : Elapsed.of(took);
    }

    private static String progress(Job job) {
        var progress = job.progress();
        return progress == null || job.ended() ? "-" : Percent.of(progress);
    }

    private static String message(Job job) {
        var error = job.error();
        return error == null
                ? Text.orDash(job.ended() ? job.message() : Progress.said(job))
                : error.code() + ": " + Text.lines(error.message()).getFirst();
    }
}
