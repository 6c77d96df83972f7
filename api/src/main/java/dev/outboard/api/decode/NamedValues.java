package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Message;
import dev.outboard.flyteidl.core.Blob;
import dev.outboard.flyteidl.core.BlobMetadata;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralType;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.Schema;
import dev.outboard.flyteidl.core.StructuredDataset;
import dev.outboard.flyteidl.core.StructuredDatasetMetadata;
import java.util.Optional;

/** Plain JSON values that name something: a word of a declared set, or data at a uri. */
final class NamedValues {
    private final Unknown unknown;

    NamedValues(Unknown unknown) {
        this.unknown = unknown;
    }

    Optional<Literal> literal(JsonNode node, LiteralType type, String at, Findings findings) {
        return switch (type.getTypeCase()) {
            case ENUM_TYPE -> word(node, type, at, findings);
            case BLOB -> {
                var blob = Blob.newBuilder().setMetadata(BlobMetadata.newBuilder().setType(type.getBlob()));
                yield data(node, blob, at, findings) ? scalar(Scalar.newBuilder().setBlob(blob)) : Optional.empty();
            }
            case SCHEMA -> {
                var schema = Schema.newBuilder().setType(type.getSchema());
                yield data(node, schema, at, findings)
                        ? scalar(Scalar.newBuilder().setSchema(schema))
                        : Optional.empty();
            }
            case STRUCTURED_DATASET_TYPE -> {
                var dataset = StructuredDataset.newBuilder()
                        .setMetadata(StructuredDatasetMetadata.newBuilder()
                                .setStructuredDatasetType(type.getStructuredDatasetType()));
                yield data(node, dataset, at, findings)
                        ? scalar(Scalar.newBuilder().setStructuredDataset(dataset))
                        : Optional.empty();
            }
            case SIMPLE, COLLECTION_TYPE, MAP_VALUE_TYPE, UNION_TYPE, TYPE_NOT_SET ->
                throw new IllegalArgumentException(type.getTypeCase() + " names nothing");
        };
    }

    private static Optional<Literal> scalar(Scalar.Builder scalar) {
        return Optional.of(Literals.scalar(scalar));
    }

    private static Optional<Literal> word(JsonNode node, LiteralType type, String at, Findings findings) {
        var words = type.getEnumType().getValuesList();
        if (node.isTextual() && words.contains(node.textValue())) {
            return Optional.of(Literals.of(node.textValue()));
        }
        findings.add(at, "must be one of " + String.join(", ", words.stream().limit(20).map(Pointers::shown).toList()));
        return Optional.empty();
    }

    /** Fills in what is given, over what the declared type says: a uri alone, or the object whole. */
    private boolean data(JsonNode node, Message.Builder into, String at, Findings findings) {
        var uri = into.getDescriptorForType().findFieldByName("uri");
        if (node.isTextual() && !node.textValue().isBlank()) {
            into.setField(uri, node.textValue());
            return true;
        }
        if (!node.isObject()) {
            findings.add(at, "must be a uri as a string that is not empty, or an object with uri");
            return false;
        }
        var declared = into.build();
        into.clear();
        if (!Protos.read(node, into, at, unknown, findings)) {
            return false;
        }
        if (((String) into.getField(uri)).isBlank()) {
            findings.add(at, "has no uri");
            return false;
        }
        for (var told : declared.getAllFields().entrySet()) {
            if (!into.hasField(told.getKey())) {
                into.setField(told.getKey(), told.getValue());
            }
        }
        return true;
    }
}
