package dev.outboard.api.decode;

import static dev.outboard.api.decode.Decoding.bad;
import static dev.outboard.api.decode.Decoding.good;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.util.JsonFormat;
import dev.outboard.flyteidl.core.Literal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InputsTest {
    private static final String LIST = "{'collection_type': {'simple': 'INTEGER'}}";
    private static final String MAP = "{'map_value_type': {'simple': 'FLOAT'}}";
    private static final String MAYBE = "{'union_type': {'variants': [{'simple': 'INTEGER'}, {'simple': 'FLOAT'}, "
            + "{'simple': 'NONE'}]}}";
    private static final String WORD = "{'enum_type': {'values': ['red', 'blue']}}";
    private static final String DATASET = "{'structured_dataset_type': {'format': 'parquet'}}";
    private static final String BLOB = "{'blob': {'format': 'csv'}}";

    private static String simple(String type) {
        return "{'simple': '" + type + "'}";
    }

    private static String declared(String type, String value) {
        return "{'template': {'type': 't', 'interface': {'inputs': {'variables': {'x': {'type': " + type
                + "}}}}}, 'inputs': {'x': " + value + "}}";
    }

    private static String undeclared(String value) {
        return "{'template': {'type': 't'}, 'inputs': {'x': " + value + "}}";
    }

    /** The literal as canonical JSON, with single quotes. */
    private static String literal(String body) throws Exception {
        Literal literal = good(body).getInputs().getLiteralsOrThrow("x");
        return JsonFormat.printer()
                .omittingInsignificantWhitespace()
                .preservingProtoFieldNames()
                .print(literal)
                .replace('"', '\'');
    }

    private static String primitive(String value) {
        return "{'scalar':{'primitive':{" + value + "}}}";
    }

    static List<Arguments> conversions() {
        return List.of(
                Arguments.of(simple("INTEGER"), "7", primitive("'integer':'7'")),
                Arguments.of(simple("INTEGER"), "7.0", primitive("'integer':'7'")),
                Arguments.of(simple("INTEGER"), "'9007199254740993'", primitive("'integer':'9007199254740993'")),
                Arguments.of(simple("INTEGER"), "-9223372036854775808", primitive("'integer':'-9223372036854775808'")),
                Arguments.of(simple("FLOAT"), "7", primitive("'float_value':7.0")),
                Arguments.of(simple("FLOAT"), "'NaN'", primitive("'float_value':'NaN'")),
                Arguments.of(simple("STRING"), "'7'", primitive("'string_value':'7'")),
                Arguments.of(simple("BOOLEAN"), "true", primitive("'boolean':true")),
                Arguments.of(simple("DATETIME"), "'2026-11-20T09:00:00+01:00'",
                        primitive("'datetime':'2026-11-20T08:00:00Z'")),
                Arguments.of(simple("DURATION"), "'3600s'", primitive("'duration':'3600s'")),
                Arguments.of(simple("DURATION"), "'PT1H'", primitive("'duration':'3600s'")),
                Arguments.of(simple("DURATION"), "'PT-1.5S'", primitive("'duration':'-1.500s'")),
                Arguments.of(simple("BINARY"), "'AQI='", "{'scalar':{'binary':{'value':'AQI='}}}"),
                Arguments.of(simple("BINARY"), "{'value': 'AQI=', 'tag': 'msgpack'}",
                        "{'scalar':{'binary':{'value':'AQI=','tag':'msgpack'}}}"),
                Arguments.of(simple("STRUCT"), "{'a': [1, null]}", "{'scalar':{'generic':{'a':[1.0,null]}}}"),
                Arguments.of(simple("NONE"), "null", "{'scalar':{'none_type':{}}}"),
                Arguments.of(LIST, "[1, 2]", "{'collection':{'literals':[" + primitive("'integer':'1'") + ","
                        + primitive("'integer':'2'") + "]}}"),
                Arguments.of(LIST, "[]", "{'collection':{}}"),
                Arguments.of(MAP, "{'a': 1}", "{'map':{'literals':{'a':" + primitive("'float_value':1.0") + "}}}"),
                Arguments.of(MAYBE, "1.5", "{'scalar':{'union':{'value':" + primitive("'float_value':1.5")
                        + ",'type':{'simple':'FLOAT'}}}}"),
                Arguments.of(MAYBE, "null", "{'scalar':{'union':{'value':{'scalar':{'none_type':{}}},"
                        + "'type':{'simple':'NONE'}}}}"),
                Arguments.of(WORD, "'red'", primitive("'string_value':'red'")),
                Arguments.of(BLOB, "'s3://a/b'", "{'scalar':{'blob':{'metadata':{'type':{'format':'csv'}},"
                        + "'uri':'s3://a/b'}}}"),
                Arguments.of(DATASET, "'s3://a/b'", "{'scalar':{'structured_dataset':{'uri':'s3://a/b',"
                        + "'metadata':{'structured_dataset_type':{'format':'parquet'}}}}}"),
                Arguments.of(DATASET, "{'uri': 's3://a', 'metadata': {'structured_dataset_type': {'format': 'csv'}}}",
                        "{'scalar':{'structured_dataset':{'uri':'s3://a',"
                                + "'metadata':{'structured_dataset_type':{'format':'csv'}}}}}"),
                Arguments.of("{'schema': {}}", "{'uri': 's3://a'}",
                        "{'scalar':{'schema':{'uri':'s3://a','type':{}}}}"));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void plainValuesAreConvertedByTheirDeclaredType(String type, String value, String literal) throws Exception {
        assertEquals(literal, literal(declared(type, value)));
    }

    static List<Arguments> misfits() {
        return List.of(
                Arguments.of(simple("INTEGER"), "'abc'", "/inputs/x"),
                Arguments.of(simple("INTEGER"), "1.5", "/inputs/x"),
                Arguments.of(simple("INTEGER"), "null", "/inputs/x"),
                Arguments.of(simple("INTEGER"), "9223372036854775808", "/inputs/x"),
                Arguments.of(simple("INTEGER"), "1e300", "/inputs/x"),
                Arguments.of(simple("INTEGER"), "[1]", "/inputs/x"),
                Arguments.of(simple("FLOAT"), "'1'", "/inputs/x"),
                Arguments.of(simple("FLOAT"), "1e400", "/inputs/x"),
                Arguments.of(simple("STRING"), "1", "/inputs/x"),
                Arguments.of(simple("BOOLEAN"), "'true'", "/inputs/x"),
                Arguments.of(simple("DATETIME"), "'2026-11-20'", "/inputs/x"),
                Arguments.of(simple("DURATION"), "3600", "/inputs/x"),
                Arguments.of(simple("DURATION"), "'s'", "/inputs/x"),
                Arguments.of(simple("BINARY"), "'@'", "/inputs/x"),
                Arguments.of(simple("STRUCT"), "[1]", "/inputs/x"),
                Arguments.of(simple("NONE"), "1", "/inputs/x"),
                Arguments.of(LIST, "[1, 'a', 3]", "/inputs/x/1"),
                Arguments.of(LIST, "1", "/inputs/x"),
                Arguments.of(MAP, "{'a/b': 'c'}", "/inputs/x/a~1b"),
                Arguments.of(MAP, "[]", "/inputs/x"),
                Arguments.of(MAYBE, "'a'", "/inputs/x"),
                Arguments.of(WORD, "'green'", "/inputs/x"),
                Arguments.of(BLOB, "''", "/inputs/x"),
                Arguments.of(BLOB, "{}", "/inputs/x"),
                Arguments.of(BLOB, "{'uri': 1}", "/inputs/x/uri"),
                Arguments.of(DATASET, "1", "/inputs/x"));
    }

    @ParameterizedTest
    @MethodSource("misfits")
    void whatDoesNotFitItsDeclaredTypeIsRefused(String type, String value, String pointer) {
        bad(declared(type, value), pointer);
    }

    @Test
    void undeclaredValuesAreWhatTheyAre() throws Exception {
        assertEquals(primitive("'integer':'1'"), literal(undeclared("1")));
        assertEquals(primitive("'integer':'1'"), literal(undeclared("1.0")));
        assertEquals(primitive("'float_value':1.5"), literal(undeclared("1.5")));
        assertEquals(primitive("'float_value':1.0E300"), literal(undeclared("1e300")));
        assertEquals(primitive("'string_value':'2026-11-20T08:00:00Z'"), literal(undeclared("'2026-11-20T08:00:00Z'")));
        assertEquals("{'scalar':{'none_type':{}}}", literal(undeclared("null")));
        assertEquals("{'collection':{'literals':[" + primitive("'boolean':true") + ",{'map':{'literals':{'a':"
                + primitive("'integer':'1'") + "}}}]}}", literal(undeclared("[true, {'a': 1}]")));
        bad(undeclared("9223372036854775808"), "/inputs/x");
        bad(undeclared("[1, -9223372036854775809]"), "/inputs/x/1");
    }

    @Test
    void literalsAndPlainValuesMix() throws Exception {
        assertEquals(
                "{'collection':{'literals':[" + primitive("'integer':'1'") + "," + primitive("'integer':'2'") + "]}}",
                literal(declared(LIST, "[1, {'scalar': {'primitive': {'integer': 2}}}]")));
        var wrapped = good("{'template': {'type': 't'}, 'inputs': {'literals': {'x': 1, 'y': "
                + "{'collection': {'literals': []}, 'hash': 'h'}}}}").getInputs();
        assertEquals(1, wrapped.getLiteralsOrThrow("x").getScalar().getPrimitive().getInteger());
        assertEquals("h", wrapped.getLiteralsOrThrow("y").getHash());
    }

    @Test
    void anInputMayBeCalledLiterals() {
        var inputs = good("{'template': {'type': 't', 'interface': {'inputs': {'variables': {'literals': {'type': "
                + "{'simple': 'STRUCT'}}}}}}, 'inputs': {'literals': {'a': 1}}}").getInputs();
        assertTrue(inputs.getLiteralsOrThrow("literals").getScalar().hasGeneric());
    }

    @Test
    void anObjectWithOtherMembersIsPlain() {
        assertTrue(good(undeclared("{'scalar': {}, 'other': 1}")).getInputs().getLiteralsOrThrow("x").hasMap());
    }

    @Test
    void badLiteralsPointToTheirInput() {
        bad(undeclared("{'scalar': {'primitive': {'integer': 'not a number'}}}"), "/inputs/x");
        bad("{'template': {'type': 't'}, 'inputs': {'literals': {'x': {'scalar': {'primitive': {'integer': 1.5}}}}}}",
                "/inputs/literals/x");
        bad(undeclared("{'scalar': {'primitive': {'integer': 1, 'boolean': true}}}"), "/inputs/x");
        bad(undeclared("{'scalar': {'primitive': {'int': 1}}}"), "/inputs/x");
        bad(undeclared("{'scalar': {'primitive': {'float_value': '0x1p3'}}}"), "/inputs/x");
        bad(undeclared("{'scalar': {'primitive': {'float_value': '1e400'}}}"), "/inputs/x");
        bad(undeclared("{'scalar': {'primitive': {}}}"), "/inputs/x");
        bad(undeclared("{'scalar': null}"), "/inputs/x");
        bad(undeclared("{'collection': {'literals': [{}]}}"), "/inputs/x");
        var refused = bad(undeclared("{'scalar': {'primitive': {'datetime': 'hunter2'}}}"), "/inputs/x");
        assertTrue(refused.why().contains("scalar/primitive/datetime"), refused::why);
        assertFalse(refused.why().contains("hunter2"), refused::why);
    }

    @Test
    void literalsAreHeldAgainstTheirDeclaredType() throws Exception {
        bad(declared(simple("INTEGER"), "{'scalar': {'primitive': {'string_value': 'a'}}}"), "/inputs/x");
        bad(declared(LIST, "{'collection': {'literals': [{'scalar': {'primitive': {'boolean': true}}}]}}"),
                "/inputs/x");
        bad(declared(MAP, "{'scalar': {'none_type': {}}}"), "/inputs/x");
        bad(declared(WORD, "{'scalar': {'primitive': {'string_value': 'green'}}}"), "/inputs/x");
        bad(declared(DATASET, "{'scalar': {'blob': {'uri': 'a'}}}"), "/inputs/x");
        bad(declared(MAYBE, "{'scalar': {'primitive': {'string_value': 'a'}}}"), "/inputs/x");
        good(declared(MAYBE, "{'scalar': {'union': {'value': {'scalar': {'none_type': {}}}, 'type': "
                + "{'simple': 'NONE'}}}}"));
        good(declared(simple("STRUCT"), "{'scalar': {'binary': {'value': 'gA==', 'tag': 'msgpack'}}}"));
        good(declared(LIST, "{'offloaded_metadata': {'uri': 's3://a', 'size_bytes': '5'}}"));
    }

    @Test
    void theInterfaceSaysWhichInputsThereAre() {
        bad("{'template': {'type': 't', 'interface': {'inputs': {'variables': {'a': {}, 'b': {}}}}}, 'inputs': "
                + "{'a': 1, 'c/d': 2}}", "/inputs", "/inputs/c~1d");
        var none = bad("{'template': {'type': 't', 'interface': {'inputs': {'variables': {'rows': {}}}}}}", "/inputs");
        assertTrue(none.why().contains("'rows'"), none::why);
        bad("{'template': {'type': 't', 'interface': {'inputs': {'variables': {'rows': {}}}}}, 'inputs': "
                + "{'literals': {}}}", "/inputs/literals");
        good("{'template': {'type': 't', 'interface': {'inputs': {'variables': {}}}}, 'inputs': {'any': 1}}");
    }

    @Test
    void inputsMustBeAnObject() {
        bad("{'template': {'type': 't'}, 'inputs': [1]}", "/inputs");
        bad("{'template': {'type': 't'}, 'inputs': 'a'}", "/inputs");
        assertFalse(good("{'template': {'type': 't'}, 'inputs': null}").hasInputs());
    }

    @Test
    void triesAreBounded() {
        var union = "{'union_type': {'variants': [" + "{'simple': 'BOOLEAN'},".repeat(2000)
                + "{'simple': 'INTEGER'}]}}";
        bad(declared("{'collection_type': " + union + "}", "[" + "1,".repeat(5000) + "1]"), "/inputs/x");
    }
}
