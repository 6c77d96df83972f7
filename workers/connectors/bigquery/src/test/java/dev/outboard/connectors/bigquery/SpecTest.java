package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.TaskError;
import dev.outboard.support.UserFault;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a template, and what is refused of it, without a platform. */
class SpecTest {
    private static final String KEY = Requests.key(0);

    private static JsonNode query(Map<String, Object> custom) throws Exception {
        var all = new HashMap<String, Object>(custom);
        all.putIfAbsent("ProjectID", "flyte");
        var spec = JobSpec.of(Requests.request(KEY, "SELECT 1", all), null);
        return new ObjectMapper().readTree(Json.text(spec.query()));
    }

    private static TaskError fault(CreateRequest request) {
        return assertThrows(UserFault.class, () -> JobSpec.of(request, null)).error();
    }

    private static TaskError fault(Map<String, Object> custom) {
        return fault(Requests.request(KEY, "SELECT 1", custom));
    }

    @Test
    void everyMemberOfFlytekitsConfigurationIsHonoured() throws Exception {
        var given = new HashMap<String, Object>();
        given.put("allowLargeResults", true);
        given.put("clustering", Map.of("fields", List.of("a")));
        given.put("connectionProperties", List.of(Map.of("key", "time_zone", "value", "UTC")));
        given.put("createDisposition", "CREATE_IF_NEEDED");
        given.put("createSession", false);
        given.put("defaultDataset", Map.of("projectId", "p", "datasetId", "d"));
        given.put("destinationEncryptionConfiguration", Map.of("kmsKeyName", "k"));
        given.put("destinationTable", Map.of("projectId", "p", "datasetId", "d", "tableId", "t"));
        given.put("flattenResults", false);
        given.put("maximumBillingTier", 4.0);
        given.put("maximumBytesBilled", "1000");
        given.put("parameterMode", "NAMED");
        given.put("preserveNulls", true);
        given.put("priority", "BATCH");
        given.put("queryParameters", List.of(Map.of("name", "x", "parameterType", Map.of("type", "INT64"),
                "parameterValue", Map.of("value", "1"))));
        given.put("rangePartitioning",
                Map.of("field", "f", "range", Map.of("start", "0", "end", 10.0, "interval", 1.0)));
        given.put("schemaUpdateOptions", List.of("ALLOW_FIELD_ADDITION"));
        given.put("scriptOptions", Map.of("statementTimeoutMs", 1000.0));
        given.put("tableDefinitions", Map.of("ext", Map.of("sourceFormat", "CSV", "maxBadRecords", 3.0, "csvOptions",
                Map.of("skipLeadingRows", 1.0), "sourceUris", List.of("gs://b/o"))));
        given.put("timePartitioning", Map.of("type", "DAY", "expirationMs", 3.6e6));
        given.put("useLegacySql", false);
        given.put("useQueryCache", false);
        given.put("userDefinedFunctionResources", List.of(Map.of("resourceUri", "gs://b/f.js")));
        given.put("writeDisposition", "WRITE_TRUNCATE");
        given.put("writeIncrementalResults", true);
        assertEquals(QueryConfig.HONOURED, new java.util.TreeSet<>(given.keySet()), "a member without a test");
        var query = query(given);
        for (var member : given.keySet()) {
            assertTrue(query.has(member), member);
        }
        assertEquals("4", query.get("maximumBillingTier").toString());
        assertEquals("\"1000\"", query.get("maximumBytesBilled").toString());
        assertEquals("\"10\"", query.at("/rangePartitioning/range/end").toString());
        assertEquals("\"3600000\"", query.at("/timePartitioning/expirationMs").toString());
        assertEquals("\"1000\"", query.at("/scriptOptions/statementTimeoutMs").toString());
        assertEquals("3", query.at("/tableDefinitions/ext/maxBadRecords").toString());
        assertEquals("\"1\"", query.at("/tableDefinitions/ext/csvOptions/skipLeadingRows").toString());
    }

    @Test
    void whatIsUnknownOrNullIsLeftOut() throws Exception {
        var given = new HashMap<String, Object>();
        given.put("Domain", null);
        given.put("Location", null);
        given.put("brandNew", Map.of("x", 1.0));
        given.put("priority", null);
        var query = query(given);
        assertEquals(List.of("query", "useLegacySql"), Arrays.asList(
                new java.util.TreeSet<>(new ObjectMapper().convertValue(query, Map.class).keySet()).toArray()));
        assertEquals("false", query.get("useLegacySql").toString(), "the platform's own default is legacy SQL");
    }

    @Test
    void aTablesProjectIsTheJobsUnlessItSays() throws Exception {
        var query = query(Map.of("destinationTable", Map.of("datasetId", "d", "tableId", "t"), "defaultDataset",
                Map.of("datasetId", "d")));
        assertEquals("flyte", query.at("/destinationTable/projectId").asText());
        assertEquals("flyte", query.at("/defaultDataset/projectId").asText());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{\"allowLargeResults\": \"yes\"}                          | WrongType | /template/custom/allowLargeResults",
            "{\"clustering\": [\"a\"]}                                 | WrongType | /template/custom/clustering",
            "{\"clustering\": {\"fields\": \"a\"}}                     | WrongType | /template/custom/clustering/fields",
            "{\"clustering\": {\"fields\": [\"a\", 1]}}                | WrongType | /template/custom/clustering/fields/1",
            "{\"maximumBytesBilled\": \"lots\"}                        | WrongType | /template/custom/maximumBytesBilled",
            "{\"maximumBytesBilled\": 1.5}                             | WrongType | /template/custom/maximumBytesBilled",
            "{\"maximumBillingTier\": 3e9}                             | WrongType | /template/custom/maximumBillingTier",
            "{\"priority\": 1}                                         | WrongType | /template/custom/priority",
            "{\"schemaUpdateOptions\": \"ALLOW_FIELD_ADDITION\"}       | WrongType | /template/custom/schemaUpdateOptions",
            "{\"schemaUpdateOptions\": [null]}                         | WrongType | /template/custom/schemaUpdateOptions",
            "{\"destinationTable\": \"d.t\"}                           | WrongType | /template/custom/destinationTable",
            "{\"destinationTable\": {\"datasetId\": \"d\"}}            | MissingField | /template/custom/destinationTable/tableId",
            "{\"defaultDataset\": {\"datasetId\": 3}}                  | WrongType | /template/custom/defaultDataset/datasetId",
            "{\"timePartitioning\": {\"expirationMs\": true}}          | WrongType | /template/custom/timePartitioning/expirationMs",
            "{\"tableDefinitions\": {\"a/b\": {\"autodetect\": 1}}}    | WrongType | /template/custom/tableDefinitions/a~1b/autodetect",
            "{\"useLegacySql\": 0}                                     | WrongType | /template/custom/useLegacySql",
            "{\"ProjectID\": 4}                                        | WrongType | /template/custom/ProjectID",
            "{\"ProjectID\": \"\"}                                     | MissingField | /template/custom/ProjectID",
            "{\"ProjectID\": \"a/../b\"}                               | InvalidProject | /template/custom/ProjectID",
            "{\"ProjectID\": \"a..b\"}                                 | InvalidProject | /template/custom/ProjectID",
            "{\"ProjectID\": \"http://x\"}                             | InvalidProject | /template/custom/ProjectID",
            "{\"Location\": \"EU&x=1\"}                                | InvalidLocation | /template/custom/Location",
            "{\"Location\": [\"EU\"]}                                  | WrongType | /template/custom/Location",
            "{\"secrets\": \"s\"}                                      | WrongType | /template/custom/secrets",
            "{\"secrets\": {\"google_application_credentials\": 1}}    | WrongType"
                    + " | /template/custom/secrets/google_application_credentials"})
    void whatIsWrongIsPointedAt(String custom, String code, String pointer) throws Exception {
        @SuppressWarnings("unchecked")
        Map<String, Object> given = new ObjectMapper().readValue(custom, Map.class);
        given.putIfAbsent("ProjectID", "flyte");
        var error = fault(given);
        assertEquals(code, error.code());
        assertEquals(pointer, error.pointer());
        assertEquals(TaskError.Kind.USER, error.kind());
    }

    @Test
    void projectAndStatementMustBeThere() throws Exception {
        var error = fault(Map.of());
        assertEquals("MissingField", error.code());
        assertEquals("/template/custom/ProjectID", error.pointer());
        assertEquals("set", JobSpec.of(Requests.request(KEY, "SELECT 1", Map.of()), "set").project());
        error = fault(Requests.request(KEY, " ", Map.of("ProjectID", "flyte")));
        assertEquals("MissingField", error.code());
        assertEquals("/template/sql/statement", error.pointer());
        assertEquals("/template/sql/statement",
                fault(Requests.request(KEY, null, Map.of("ProjectID", "flyte"))).pointer());
    }

    @Test
    void anOutputThatItCannotGiveIsRefused() {
        var request = Requests.request(KEY, "SELECT 1");
        var t = request.template();
        var other = new dev.outboard.spi.TaskTemplate(t.project(), t.domain(), t.name(), t.type(), 0, t.statement(),
                null,
                t.custom(), t.config(), t.inputTypes(), java.util.Set.of("rows"));
        var error = fault(
                new CreateRequest(request.installation(), KEY, request.jobId(), request.fingerprint(), 1, other,
                        Map.of(), null, Map.of(), request.secrets()));
        assertEquals("UnknownOutput", error.code());
        assertEquals("/template/interface/outputs/rows", error.pointer());
    }

    private static CreateRequest with(String sql, Map<String, Object> custom, Map<String, Object> inputs) {
        var all = new HashMap<String, Object>(custom);
        all.put("ProjectID", "flyte");
        return Requests.request(KEY, sql, all, inputs, Map.of());
    }

    @Test
    void aParameterThatNobodyGivesIsPointedAt() throws Exception {
        var error = fault(with("SELECT @a + @b", Map.of(), Map.of("a", 1L)));
        assertEquals("MissingInput", error.code());
        assertEquals("/inputs/b", error.pointer());
        assertTrue(error.message().contains("@b") && error.message().endsWith("are a"), error.message());
        // more than are used, another case, the template's own
        JobSpec.of(with("SELECT @A", Map.of(), Map.of("a", 1L, "unused", 2L)), null);
        var own = List.of(Map.of("name", "B", "parameterType", Map.of("type", "INT64"), "parameterValue",
                Map.of("value", "1")), Map.of("name", "a", "parameterType", Map.of("type", "INT64")));
        var spec = JobSpec.of(with("SELECT @a + @b", Map.of("queryParameters", own), Map.of("a", 7L)), null);
        assertEquals(List.of("a", "B"),
                spec.query().getQueryParameters().stream().map(parameter -> parameter.getName()).toList());
        assertEquals("7", spec.query().getQueryParameters().getFirst().getParameterValue().getValue());
    }

    @Test
    void inputsGoWithNamedParametersAlone() throws Exception {
        assertEquals("/template/custom/useLegacySql",
                fault(with("SELECT 1", Map.of("useLegacySql", true), Map.of("a", 1L))).pointer());
        assertEquals("/template/custom/parameterMode",
                fault(with("SELECT ?", Map.of("parameterMode", "POSITIONAL"), Map.of("a", 1L))).pointer());
        var positional = List
                .of(Map.of("parameterType", Map.of("type", "INT64"), "parameterValue", Map.of("value", "1")));
        var spec = JobSpec.of(with("SELECT ?", Map.of("parameterMode", "POSITIONAL", "queryParameters", positional),
                Map.of()), null);
        assertEquals("POSITIONAL", spec.query().getParameterMode());
        JobSpec.of(with("SELECT [a@b] FROM [p:d.t]", Map.of("useLegacySql", true), Map.of()), null);
    }
}
