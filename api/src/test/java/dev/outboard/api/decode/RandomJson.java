package dev.outboard.api.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Documents near a create call: mostly right members, mostly right values, and oddities. */
public final class RandomJson {
    private static final List<String> ODD = List.of("null", "true", "0", "-1", "1.0", "1.5", "1e3", "1e400", "1e-400",
            "1e999999999", "-1e-999999999", "9223372036854775807", "9223372036854775808", "\"\"", "\"a\"",
            "\"\\ud800\"",
            "\"😀\"", "\"1e999999999\"", "\"0x1p3\"", "\"1d\"", "\"NaN\"", "\"3600s\"", "\"PT1H\"",
            "\"2026-11-20T08:00:00Z\"", "\"AQI=\"",
            "[]", "{}",
            "[null]", "[[[]]]", "{\"scalar\":{}}", "{\"scalar\":{\"primitive\":{\"integer\":1}}}",
            "{\"collection\":{\"literals\":[1]}}", "{\"\":1}", "{\"a/b\":{\"~\":1}}", "{\"a\":1,\"a\":2}",
            "{\"value\":1}");
    private final Random random;

    public RandomJson(Random random) {
        this.random = random;
    }

    public String document() {
        var members = members(CreateTaskRequest.getDescriptor(), 0);
        if (chance(0.9)) {
            members.removeIf(m -> m.startsWith("\"template\""));
            members.add("\"template\":" + template());
        }
        if (chance(0.5)) {
            members.removeIf(m -> m.startsWith("\"inputs\""));
            members.add("\"inputs\":{\"x\":" + odd() + ",\"y\":" + value(0) + "}");
        }
        return chance(0.02) ? odd() : "{" + String.join(",", members) + "}";
    }

    private String template() {
        var members = new ArrayList<String>();
        if (chance(0.5)) {
            members = members(
                    CreateTaskRequest.getDescriptor().findFieldByName("template").getMessageType(), 1);
            members.removeIf(m -> m.startsWith("\"type\""));
        }
        members.add("\"type\":\"duckdb\"");
        if (chance(0.4)) {
            members.removeIf(m -> m.startsWith("\"interface\""));
            members.add("\"interface\":{\"inputs\":{\"variables\":{\"x\":{\"type\":" + type(0) + "},\"y\":{\"type\":"
                    + type(0) + "}}}}");
        }
        return "{" + String.join(",", members) + "}";
    }

    private String type(int depth) {
        return switch (random.nextInt(depth > 3 ? 4 : 8)) {
            case 4 -> "{\"collection_type\":" + type(depth + 1) + "}";
            case 5 -> "{\"map_value_type\":" + type(depth + 1) + "}";
            case 6 -> "{\"union_type\":{\"variants\":[" + type(depth + 1) + "," + type(depth + 1) + "]}}";
            case 7 -> "{\"enum_type\":{\"values\":[\"a\"]}}";
            case 3 -> "{\"blob\":{}}";
            default -> "{\"simple\":" + random.nextInt(10) + "}";
        };
    }

    private ArrayList<String> members(Descriptor type, int depth) {
        var fields = new ArrayList<>(type.getFields());
        Collections.shuffle(fields, random);
        var members = new ArrayList<String>();
        int count = random.nextInt(Math.min(4, fields.size() + 1));
        for (var field : fields.subList(0, Math.min(count, fields.size()))) {
            var name = chance(0.03) ? field.getName() + "x" : chance(0.2) ? field.getJsonName() : field.getName();
            members.add("\"" + name + "\":" + (chance(0.04) ? odd() : field(field, depth)));
        }
        return members;
    }

    private String field(FieldDescriptor field, int depth) {
        if (field.isMapField()) {
            return "{\"k\":" + one(field.getMessageType().findFieldByName("value"), depth) + "}";
        }
        return field.isRepeated() ? "[" + one(field, depth) + "]" : one(field, depth);
    }

    private String one(FieldDescriptor field, int depth) {
        return switch (field.getJavaType()) {
            case INT, LONG -> "" + random.nextInt(5);
            case FLOAT, DOUBLE -> "1.5";
            case BOOLEAN -> "true";
            case STRING -> "\"s\"";
            case BYTE_STRING -> "\"AQI=\"";
            case ENUM -> "" + random.nextInt(4);
            case MESSAGE -> message(field.getMessageType(), depth);
        };
    }

    private String message(Descriptor type, int depth) {
        return switch (type.getName()) {
            case "Timestamp" -> "\"2026-11-20T08:00:00Z\"";
            case "Duration" -> "\"1.5s\"";
            case "Struct" -> "{\"a\":" + value(0) + "}";
            case "BoolValue" -> "false";
            default -> depth > 12 ? "{}" : "{" + String.join(",", members(type, depth + 1)) + "}";
        };
    }

    private String value(int depth) {
        return switch (random.nextInt(depth > 6 ? 4 : 7)) {
            case 0, 1 -> "" + random.nextInt(3);
            case 2 -> "\"a\"";
            case 3 -> chance(0.1) ? odd() : "true";
            case 4 -> "[".repeat(random.nextInt(30)).transform(open -> open + "1" + "]".repeat(open.length()));
            case 5 -> "{\"a\":" + value(depth + 1) + ",\"b\":" + value(depth + 1) + "}";
            default -> "[" + value(depth + 1) + "]";
        };
    }

    private String odd() {
        return ODD.get(random.nextInt(ODD.size()));
    }

    private boolean chance(double p) {
        return random.nextDouble() < p;
    }
}
