package dev.outboard.runtime;

import com.google.protobuf.ListValue;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads protobuf's Struct, its JSON, into plain Java: {@code String, Boolean, Double, List, Map} and null. */
final class Structs {
    private Structs() {}

    /** In order of the keys; not to be changed. */
    static Map<String, @Nullable Object> read(Struct struct) {
        var map = new TreeMap<String, @Nullable Object>();
        struct.getFieldsMap().forEach((key, value) -> map.put(key, read(value)));
        return Collections.unmodifiableMap(map);
    }

    private static @Nullable Object read(Value value) {
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> value.getNumberValue();
            case STRING_VALUE -> value.getStringValue();
            case BOOL_VALUE -> value.getBoolValue();
            case STRUCT_VALUE -> read(value.getStructValue());
            case LIST_VALUE -> read(value.getListValue());
            case NULL_VALUE, KIND_NOT_SET -> null;
        };
    }

    private static List<@Nullable Object> read(ListValue values) {
        var list = new ArrayList<@Nullable Object>(values.getValuesCount());
        values.getValuesList().forEach(value -> list.add(read(value)));
        return Collections.unmodifiableList(list);
    }

    static Value text(String text) {
        return Value.newBuilder().setStringValue(text).build();
    }

    static Value nothing() {
        return Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
    }
}
