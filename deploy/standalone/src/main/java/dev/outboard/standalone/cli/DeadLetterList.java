package dev.outboard.standalone.cli;

import dev.outboard.client.DeadLetter;
import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.Elapsed;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code outboard deadletter list}. */
@Command(name = "list", mixinStandardHelpOptions = true, description = {
        "Lists dead letters, newest first, of the newest 1000.",
        "Prints (-o): table, json, jsonl, or positions (name).", ""})
final class DeadLetterList extends ClientVerb {
    private static final int MOST = 500;
    private static final List<String> HEAD = List.of("POSITION", "JOB", "AGE", "SIZE", "REASON");

    @Option(names = "--task-type", paramLabel = "TYPE", description = "Of this task type.")
    private @Nullable String taskType;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "How many at most, 1 to 500 (default: ${DEFAULT-VALUE}).")
    private int limit;

    /** Made by picocli. */
    DeadLetterList() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        if (limit < 1 || limit > MOST) {
            throw new Failure(ExitCode.USAGE, "--limit " + limit + " is not 1 to " + MOST, "give another");
        }
        var letters = client.deadLetters(taskType, limit);
        switch (format()) {
            case JSON -> Json.array(spec().commandLine().getOut(), "dead_letters",
                    letters.stream().map(DeadLetter::json).iterator());
            case JSONL -> letters.forEach(letter -> print(Json.line(letter.json())));
            case NAME -> letters.forEach(letter -> print(Text.oneLine(letter.position())));
            default -> {
                if (!letters.isEmpty()) {
                    print(Table.of(Stream.concat(Stream.of(HEAD), letters.stream().map(this::row)).toList()));
                }
            }
        }
        tell(letters.isEmpty() ? "no dead letters" : "next: see one with ./outboard deadletter show POSITION");
        return ExitCode.OK;
    }

    private List<String> row(DeadLetter letter) {
        var at = letter.at();
        return List.of(Text.orDash(letter.position()), Text.orDash(letter.jobId()),
                at == null ? "-" : Elapsed.ago(at, surroundings().clock().instant()), String.valueOf(letter.size()),
                Text.orDash(letter.reason()));
    }
}
