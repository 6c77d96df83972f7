package dev.outboard.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class FieldsTest {
    private final Fields fields = Fields.at("/template/custom", values());

    private static Map<String, Object> values() {
        var values = new HashMap<String, Object>(
                Map.of("text", "t", "empty", "", "four", 4.0, "half", 0.5, "digits", "12",
                        "flag", true, "object", Map.of("in~n/er", 1.0), "list", List.of(1.0)));
        values.put("nothing", null);
        return values;
    }

    @Test
    void valuesByTheirType() throws Exception {
        assertEquals("t", fields.text("text"));
        assertNull(fields.text("empty"));
        assertNull(fields.text("nothing"));
        assertEquals(4L, fields.integer("four"));
        assertEquals(12L, fields.integer("digits"));
        assertEquals(true, fields.flag("flag"));
        assertEquals(List.of(1.0), fields.list("list"));
        assertEquals(List.of(), fields.list("nothing"));
        assertEquals("/template/custom/object/in~0n~1er", fields.object("object").pointer("in~n/er"));
    }

    @Test
    void faultsPoint() {
        refused("WrongType", "/template/custom/four", () -> fields.text("four"));
        refused("WrongType", "/template/custom/half", () -> fields.integer("half"));
        refused("WrongType", "/template/custom/text", () -> fields.integer("text"));
        refused("WrongType", "/template/custom/list", () -> fields.object("list"));
        refused("WrongType", "/template/custom/object", () -> fields.list("object"));
        refused("WrongType", "/template/custom/text", () -> fields.flag("text"));
        refused("MissingField", "/template/custom/nothing", () -> fields.required("nothing", "the project"));
        refused("WrongType", "/template/custom/object/in~0n~1er", () -> fields.object("object").text("in~n/er"));
    }

    private static void refused(String code, String pointer, Executable read) {
        var error = assertThrows(UserFault.class, read).error();
        assertEquals(code, error.code());
        assertEquals(pointer, error.pointer());
    }

    @Test
    void integralDoublesBecomeIntegersAtAnyDepth() {
        assertEquals(Map.of("a", 4L, "b", List.of(1L, 0.5, Map.of("c", -3L)), "d", 1e300),
                Whole.numbers(Map.of("a", 4.0, "b", List.of(1.0, 0.5, Map.of("c", -3.0)), "d", 1e300)));
        assertEquals(Arrays.asList(null, "4.0"), Whole.numbers(Arrays.asList(null, "4.0")));
    }
}
