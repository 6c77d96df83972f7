package dev.outboard.api.door;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageOrBuilder;
import com.google.protobuf.Struct;
import com.google.protobuf.util.JsonFormat;
import dev.outboard.api.http.Json;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.core.LiteralMap;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is protobuf in the log, as JSON. What cannot be shown is left out and logged: a connector's odd number must not
 * hide how its job is doing.
 */
final class Shown {
    private static final Logger LOG = System.getLogger("dev.outboard.api");
    /** Beyond it a double does not tell one whole number from the next. */
    private static final double MAX_WHOLE = 1L << 53;
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .preservingProtoFieldNames()
            .omittingInsignificantWhitespace();

    private Shown() {}

    /** Outputs by name, each a Literal. */
    static Optional<JsonNode> outputs(Job job, Bytes outputs) {
        try {
            var all = Json.object();
            for (var output : new TreeMap<>(LiteralMap.parseFrom(outputs.array()).getLiteralsMap()).entrySet()) {
                all.set(output.getKey(), json(output.getValue()));
            }
            return Optional.of(all);
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return unreadable(job, "outputs", e);
        }
    }

    static Optional<JsonNode> info(Job job, Bytes info) {
        try {
            return Optional.of(json(Struct.parseFrom(info.array())));
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            return unreadable(job, "custom info", e);
        }
    }

    /** The create call, without secrets. */
    static Optional<JsonNode> spec(Job job, Bytes packed) {
        try {
            var spec = Spec.unpack(packed).toBuilder();
            if (spec.hasConnection()) {
                spec.getConnectionBuilder().clearSecrets();
            }
            return Optional.of(json(spec));
        } catch (IOException | IllegalArgumentException e) {
            return unreadable(job, "spec", e);
        }
    }

    static void put(ObjectNode node, String name, Optional<JsonNode> value) {
        value.ifPresent(it -> node.set(name, it));
    }

    private static JsonNode json(MessageOrBuilder message) throws InvalidProtocolBufferException {
        return whole(Json.tree(PRINTER.print(message)));
    }

    /** Every number of a Struct is a double, and people mean 2 where it says 2.0. */
    private static JsonNode whole(JsonNode node) {
        switch (node) {
            case ObjectNode object -> object.properties().forEach(member -> member.setValue(whole(member.getValue())));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, whole(array.get(i)));
                }
            }
            case DoubleNode number when number.doubleValue() == Math.rint(number.doubleValue())
                    && Math.abs(number.doubleValue()) <= MAX_WHOLE -> {
                return LongNode.valueOf(number.longValue());
            }
            default -> {
                // as it is
            }
        }
        return node;
    }

    private static Optional<JsonNode> unreadable(Job job, String what, Exception e) {
        LOG.log(Level.WARNING, "job " + job.id() + ": its " + what + " cannot be shown as JSON: " + e.getMessage());
        return Optional.empty();
    }
}
