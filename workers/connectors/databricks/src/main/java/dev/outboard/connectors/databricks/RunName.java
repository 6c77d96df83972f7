package dev.outboard.connectors.databricks;

import dev.outboard.spi.CreateRequest;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A run's name: the user's, and what finds it again, for a one-time run has no tags. Databricks takes 4,096 bytes. */
final class RunName {
    private static final Pattern OURS = Pattern
            .compile("\\[outboard ([^ \\]]+) ([^ \\]]+) (j[a-z2-7]{26}) ([a-z2-7]{52})( notebook)?]$");
    private static final int MAX_USERS = 500;

    private RunName() {}

    /**
     * What a name says of the job that the run is for.
     *
     * @param notebook true if the run's end has a result to fetch: a list does not tell the tasks
     */
    record Label(String installation, String taskType, String jobId, String key, boolean notebook) {}

    static String of(@Nullable String users, CreateRequest request, boolean notebook) {
        var name = users == null ? request.template().name() : users;
        return (name.length() > MAX_USERS ? name.substring(0, MAX_USERS) : name) + " [outboard "
                + request.installation() + " "
                + request.template().type() + " " + request.jobId() + " " + request.key()
                + (notebook ? " notebook]" : "]");
    }

    /** Null for a run of somebody else's. */
    static @Nullable Label label(String runName) {
        var match = OURS.matcher(runName);
        return match.find()
                ? new Label(match.group(1), match.group(2), match.group(3), match.group(4), match.group(5) != null)
                : null;
    }
}
