package dev.outboard.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.client.DeadLetter;
import dev.outboard.client.OutboardClient;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code outboard deadletter show}. */
@Command(name = "show", mixinStandardHelpOptions = true, description = {
        "Tells what is known of a dead letter, and what to do next.",
        "Its inside may be private: the bytes of a command are shown with --value alone, and only where the",
        "server cannot decode them.",
        "Prints (-o): a sheet (table), or json.", ""})
final class DeadLetterShow extends ClientVerb {
    @Parameters(paramLabel = "POSITION", description = "As list, a job's error or its condition tells it, such as duckdb.c3.17.")
    private String position;

    @Option(names = "--value", description = "Show the bytes too, in base64.")
    private boolean value;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    DeadLetterShow() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        DeadLetter letter;
        try {
            letter = client.deadLetter(position, value);
        } catch (IllegalArgumentException e) {
            throw noPosition(position);
        }
        print(format() == Format.JSON ? Json.pretty(letter.json()) : sheet(letter.json()));
        tell(letter.jobId() == null
                ? "next: it belongs to no job; whoever writes to the command topics beside Outboard wrote it"
                : "next: see its job with ./outboard describe " + letter.jobId()
                        + "; if it is still wanted, upgrade and "
                        + "have it taken again with ./outboard deadletter replay " + Text.oneLine(letter.position())
                        + ", or hand it over again under another key");
        return ExitCode.OK;
    }

    static Failure noPosition(String given) {
        return new Failure(ExitCode.USAGE, "'" + Text.oneLine(given) + "' is no dead letter's position",
                "give it as ./outboard deadletter list prints it");
    }

    private static String sheet(JsonNode json) {
        var rows = new ArrayList<List<String>>();
        json.properties().forEach(member -> {
            if (member.getValue().isObject()) {
                member.getValue().properties().forEach(inner -> row(rows, inner.getKey(), inner.getValue()));
            } else {
                row(rows, member.getKey(), member.getValue());
            }
        });
        return Table.of(rows);
    }

    private static void row(List<List<String>> rows, String name, JsonNode value) {
        if (!value.asText().isEmpty()) {
            rows.add(List.of(Text.oneLine(name.replace('_', ' ')), Text.oneLine(value.asText())));
        }
    }
}
