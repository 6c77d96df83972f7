package dev.outboard.standalone.roles;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.outboard.api.door.ErrorJson;
import dev.outboard.runtime.Planned;
import dev.outboard.runtime.Platform;
import dev.outboard.standalone.cli.show.ErrorText;
import dev.outboard.standalone.cli.show.Json;
import dev.outboard.standalone.cli.show.NextStep;
import dev.outboard.standalone.cli.show.Table;
import dev.outboard.standalone.cli.show.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a job would do, for people and for programs. */
record PlanReport(Platform platform, Planned planned) {

    /** Names and values. */
    String table() {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("plan", switch (planned) {
            case Planned.Feasible _ -> "the job could be created";
            case Planned.Refused _ -> "the job would fail";
            case Planned.CannotPlan(var why) -> "nothing wrong is seen; more cannot be told: " + Text.oneLine(why);
        }));
        rows.add(List.of("task type", platform.taskType()));
        rows.add(List.of("connector", Text.oneLine(platform.connector())));
        switch (planned) {
            case Planned.Feasible(var info) -> info.forEach((name, value) -> value(rows, name, json(value)));
            case Planned.Refused(var error) -> rows.addAll(ErrorText.rows(ErrorJson.of(error)));
            case Planned.CannotPlan _ -> {
                // said above
            }
        }
        return Table.of(rows);
    }

    /** A text on as many lines as it has. */
    private static void value(List<List<String>> rows, String name, JsonNode value) {
        var lines = value.isTextual() ? Text.lines(value.asText()) : List.of(Text.oneLine(Json.line(value)));
        for (int i = 0; i < lines.size(); i++) {
            rows.add(List.of(i == 0 ? Text.oneLine(name) : "", lines.get(i)));
        }
    }

    String json() {
        var report = JsonNodeFactory.instance.objectNode();
        report.put("plan", switch (planned) {
            case Planned.Feasible _ -> "feasible";
            case Planned.Refused _ -> "refused";
            case Planned.CannotPlan _ -> "unknown";
        });
        report.put("task_type", platform.taskType()).put("connector", platform.connector());
        switch (planned) {
            case Planned.Feasible(var info) -> report.set("info", json(info));
            case Planned.Refused(var error) -> report.set("error", ErrorJson.of(error));
            case Planned.CannotPlan(var why) -> report.put("why", why);
        }
        return Json.pretty(report);
    }

    /** What to do now; {@code file} has the job. */
    String next(String file) {
        return switch (planned) {
            case Planned.Refused(var error) -> NextStep.after(ErrorJson.of(error));
            case Planned.Feasible _,Planned.CannotPlan _ -> "run it with ./outboard run -f " + file;
        };
    }

    private static JsonNode json(@Nullable Object value) {
        var nodes = JsonNodeFactory.instance;
        return switch (value) {
            case null -> nodes.nullNode();
            case Boolean flag -> nodes.booleanNode(flag);
            // every number of the info is a double, and people mean 2 where it says 2.0
            case Double number when number == Math.rint(number) && Math.abs(number) < 1L << 53 ->
                nodes.numberNode(number.longValue());
            case Double number -> nodes.numberNode(number);
            case Map<?, ?> map -> {
                var object = nodes.objectNode();
                map.forEach((name, member) -> object.set(String.valueOf(name), json(member)));
                yield object;
            }
            case List<?> list -> {
                var array = nodes.arrayNode();
                list.forEach(element -> array.add(json(element)));
                yield array;
            }
            default -> nodes.textNode(value.toString());
        };
    }
}
