package dev.outboard.standalone.cli;

import dev.outboard.client.OutboardClient;
import dev.outboard.client.TaskType;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.cli.show.Text;
import dev.outboard.standalone.exit.ExitCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;

/** {@code outboard task-types}. */
@Command(name = "task-types", mixinStandardHelpOptions = true, description = {
        "Lists the task types that the server knows, and whether a worker serves them now.",
        "Prints (-o): table, json, jsonl or name.",
        ""}, exitCodeListHeading = Exits.HEADING, exitCodeList = {
                Exits.DONE, Exits.USAGE, Exits.UNAUTHORIZED,
                Exits.UNREACHABLE}, footerHeading = "%nExamples:%n", footer = {
                        "  ./outboard task-types",
                        "  ./outboard task-types -o json | jq '.task_types[] | select(.served)'"})
public final class TaskTypesVerb extends ClientVerb {
    private static final List<String> HEAD = List.of("TASK TYPE", "VERSIONS", "CONNECTOR", "GUARANTEE", "SERVED",
            "PARTITIONS");

    /** Made by picocli. */
    TaskTypesVerb() {}

    @Override
    Set<Format> formats() {
        return EnumSet.of(Format.TABLE, Format.JSON, Format.JSONL, Format.NAME);
    }

    @Override
    ExitCode act(OutboardClient client) throws InterruptedException {
        var types = client.taskTypes();
        switch (format()) {
            case JSON -> Json.array(spec().commandLine().getOut(), "task_types",
                    types.stream().map(TaskType::json).iterator());
            case JSONL -> types.forEach(type -> print(Json.line(type.json())));
            case NAME -> types.forEach(type -> print(Text.oneLine(type.name())));
            default -> {
                if (!types.isEmpty()) {
                    print(Table.of(Stream.concat(Stream.of(HEAD), types.stream().map(TaskTypesVerb::row)).toList()));
                }
            }
        }
        if (types.isEmpty()) {
            tell("the server knows no task types yet");
            tell("next: start a worker with ./outboard worker --kafka HOST:PORT");
        }
        return ExitCode.OK;
    }

    private static List<String> row(TaskType type) {
        var connector = type.connector();
        var version = connector == null || connector.version() == null ? "" : " " + connector.version();
        return List.of(Text.orDash(type.name()),
                type.versions().stream().map(String::valueOf).collect(Collectors.joining(",")),
                Text.orDash(connector == null ? null : connector.name() + version), Text.orDash(type.guarantee()),
                type.served() ? "yes" : "no", Text.orDash(type.partitions() == 0 ? null : type.partitions()));
    }
}
