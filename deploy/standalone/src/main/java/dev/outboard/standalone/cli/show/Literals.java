package dev.outboard.standalone.cli.show;

import com.fasterxml.jackson.databind.JsonNode;

/** Shows Flyte literals to a person: the value or the address alone, without the wrapping. */
public final class Literals {
    private Literals() {}

    /** One line; what has no short form is shown as JSON. */
    public static String show(JsonNode literal) {
        var scalar = literal.path("scalar");
        var primitive = scalar.path("primitive");
        if (primitive.size() == 1 && primitive.elements().next().isValueNode()) {
            return Text.oneLine(primitive.elements().next().asText());
        }
        var dataset = scalar.path("structured_dataset");
        if (dataset.path("uri").isTextual()) {
            return address(dataset, dataset.at("/metadata/structured_dataset_type/format"));
        }
        var blob = scalar.path("blob");
        if (blob.path("uri").isTextual()) {
            return address(blob, blob.at("/metadata/type/format"));
        }
        return Text.oneLine(literal.isTextual() ? literal.asText() : literal.toString());
    }

    private static String address(JsonNode holder, JsonNode format) {
        var uri = Text.oneLine(holder.path("uri").asText());
        return format.asText().isEmpty() ? uri : uri + "  (" + Text.oneLine(format.asText()) + ")";
    }
}
