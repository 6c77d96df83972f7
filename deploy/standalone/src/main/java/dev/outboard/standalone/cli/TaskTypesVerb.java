package dev.outboard.standalone.cli;

import dev.outboard.standalone.exit.ExitCode;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code outboard task-types}. */
@Command(name = "task-types", mixinStandardHelpOptions = true, description = {
        "Lists the task types that the server knows, and whether a worker serves them now.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  ./outboard task-types",
                "  ./outboard task-types -o json | jq '.task_types[] | select(.served)'"})
public final class TaskTypesVerb extends ClientVerb {
    private static final List<String> HEAD = List.of("TASK TYPE", "VERSIONS", "CONNECTOR", "GUARANTEE", "SERVED",
            "PARTITIONS");

    /** Made by picocli. */
    TaskTypesVerb() {}

    @Override
    ExitCode act(JobsClient client, Patience patience) throws JobsException, InterruptedException {
        var answer = patience.call(client::taskTypes);
        if (json()) {
            print(Json.pretty(answer.json()));
        } else if (!answer.value().isEmpty()) {
            print(Table.of(Stream.concat(Stream.of(HEAD), answer.value().stream().map(TaskTypesVerb::row)).toList()));
        }
        if (answer.value().isEmpty()) {
            tell("the server knows no task types yet");
            tell("next: start a worker with ./outboard worker --kafka HOST:PORT");
        }
        return ExitCode.OK;
    }

    private static List<String> row(TaskType type) {
        return List.of(type.name(), String.join(",", type.versions()), orDash(type.connector()),
                orDash(type.guarantee()),
                type.served() ? "yes" : "no", orDash(type.partitions()));
    }

    private static String orDash(@Nullable String text) {
        return Objects.requireNonNullElse(text, "-");
    }
}
