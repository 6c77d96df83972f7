package dev.outboard.api.decode;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds values in a create call that are secrets: the log keeps a create as it came, for days, and nothing seals it yet. So
 * every door refuses such a call before anything is written.
 */
public final class SecretValues {
    /** What the vendors' clients take in the clear, by task type; empty for any. */
    private static final List<Field> FIELDS = List.of(new Field("", "databricksToken"),
            new Field("", "databricks_token"), new Field("snowflake", "connection_kwargs", "password"),
            new Field("snowflake", "connection_kwargs", "passcode"),
            new Field("snowflake", "connection_kwargs", "token"),
            new Field("snowflake", "connection_kwargs", "private_key"),
            new Field("snowflake", "connection_kwargs", "private_key_passphrase"));

    private SecretValues() {}

    private record Field(String taskType, String... names) {
        boolean isIn(CreateTaskRequest request) {
            var template = request.getTemplate();
            return (taskType.isEmpty() || taskType.equals(template.getType())) && filled(template.getCustom(), 0);
        }

        private boolean filled(Struct struct, int depth) {
            var value = struct.getFieldsOrDefault(names[depth], Value.getDefaultInstance());
            return depth < names.length - 1 ? filled(value.getStructValue(), depth + 1) : switch (value.getKindCase()) {
                case KIND_NOT_SET, NULL_VALUE -> false;
                case STRING_VALUE -> !value.getStringValue().isEmpty();
                default -> true;
            };
        }

        List<String> path() {
            var path = new ArrayList<>(List.of("template", "custom"));
            path.addAll(List.of(names));
            return path;
        }
    }

    /** Where they stand: for each the names from the call on, as the .proto or its sender spells them. */
    public static List<List<String>> in(CreateTaskRequest request) {
        var found = new ArrayList<List<String>>();
        if (request.getConnection().getSecretsCount() > 0) {
            found.add(List.of("connection", "secrets"));
        }
        FIELDS.stream().filter(field -> field.isIn(request)).map(Field::path).forEach(found::add);
        return found;
    }
}
