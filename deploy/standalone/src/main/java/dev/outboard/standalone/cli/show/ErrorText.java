package dev.outboard.standalone.cli.show;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.client.Job;
import dev.outboard.client.PlatformError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Why a job failed, for a person: what is wrong and where, the platform's own words and how it knows the case. */
public final class ErrorText {
    private ErrorText() {}

    /** Whose fault, what kind and where, one line. */
    public static String head(Job.Failure error) {
        return Text.oneLine(error.kind() + " " + error.code()
                + (error.pointer() == null ? "" : " at " + error.pointer()));
    }

    /** What the platform said, as names and values; empty where it was not asked. */
    static List<List<String>> said(Job.Failure error) {
        var rows = new ArrayList<List<String>>();
        var platform = error.platform();
        if (platform != null) {
            row(rows, "platform", JobSheet.joined(": ", platform.platform(), words(platform)));
            row(rows, "code", platform.code());
            row(rows, "request", platform.requestId());
            row(rows, "page", platform.link());
        }
        return rows;
    }

    /** The message and what the platform said, as further lines of a failure that is told. */
    public static List<String> lines(Job.Failure error) {
        var lines = new ArrayList<>(Text.lines(error.message()));
        Table.of(said(error)).lines().forEach(lines::add);
        return lines;
    }

    /** All of it as names and values, for a sheet. */
    static List<List<String>> rows(Job.Failure error) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("error", head(error)));
        Text.lines(error.message()).forEach(line -> rows.add(List.of("", line)));
        rows.addAll(said(error));
        row(rows, "next step", error.nextStep());
        return rows;
    }

    /** The same of an error as an answer tells it. */
    public static List<List<String>> rows(JsonNode error) {
        return rows(Job.Failure.of(error));
    }

    private static void row(List<List<String>> rows, String name, @Nullable String value) {
        if (value != null) {
            rows.add(List.of(name, Text.oneLine(value)));
        }
    }

    private static String words(PlatformError error) {
        return switch (error.category()) {
            case USER -> "the job is wrong";
            case AUTH -> "not allowed, or not known who asks";
            case QUOTA -> "an allowance is used up";
            case TRANSIENT -> "trouble that passes";
            case TIMEOUT -> "it took too long";
            case CANCELLED -> "somebody stopped it";
            case UNKNOWN -> error.categoryText().toLowerCase(Locale.ROOT);
        };
    }
}
