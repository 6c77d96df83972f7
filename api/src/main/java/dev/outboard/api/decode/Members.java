package dev.outboard.api.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Which JSON member names which field: proto3 JSON allows the .proto's spelling and lowerCamel. */
final class Members {
    // bounded by the number of message types that are compiled in
    private static final Map<Descriptor, Map<String, FieldDescriptor>> KNOWN = new ConcurrentHashMap<>();

    private Members() {}

    static Map<String, FieldDescriptor> of(Descriptor type) {
        return KNOWN.computeIfAbsent(type, Members::read);
    }

    private static Map<String, FieldDescriptor> read(Descriptor type) {
        var fields = new HashMap<String, FieldDescriptor>();
        for (var field : type.getFields()) {
            fields.put(field.getName(), field);
            fields.put(field.getJsonName(), field);
        }
        return Map.copyOf(fields);
    }
}
