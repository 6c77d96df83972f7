package dev.outboard.standalone.cli;

import dev.outboard.client.Job;
import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code outboard deadletter replay}. */
@Command(name = "replay", mixinStandardHelpOptions = true, description = {
        "Has a command taken again, after an upgrade that can decode it.",
        "A create begins the job anew that it failed as, under the same id; a cancel is asked for again.",
        "Twice is once: the second is refused (5).",
        "Prints (-o): a line of id and state (table), json, jsonl, or the job's id (name).", ""})
final class DeadLetterReplay extends ClientVerb {
    @Parameters(paramLabel = "POSITION", description = "As list, a job's error or its condition tells it, such as duckdb.c3.17.")
    private String position;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    DeadLetterReplay() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        Job asked;
        try {
            asked = client.replay(position);
        } catch (IllegalArgumentException e) {
            throw DeadLetterShow.noPosition(position);
        }
        var after = taken(client, asked);
        print(switch (format()) {
            case JSON -> Json.pretty(after.json());
            case JSONL -> Json.line(after.json());
            case NAME -> after.id();
            default -> after.id() + "  " + Text.oneLine(after.stateText());
        });
        tell("next: see how it ends with ./outboard wait " + after.id());
        return ExitCode.OK;
    }
}
