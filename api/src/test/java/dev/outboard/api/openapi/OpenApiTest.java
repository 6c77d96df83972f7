package dev.outboard.api.openapi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.outboard.api.Routes;
import dev.outboard.api.Server;
import dev.outboard.api.http.Codes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The OpenAPI document is what the doors do: no more, no less. */
class OpenApiTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final Document document = Document.get();

    @Test
    void everyRouteIsDocumentedAndEveryDocumentedRouteIsThere() {
        try (var server = new Server("duckdb")) {
            var served = new TreeSet<String>();
            for (var path : Routes.all()) {
                var concrete = path.replaceAll("\\{[^}]+}", "x");
                var refused = server.send("TRACE", concrete, (String) null);
                assertEquals(405, refused.status(), path);
                Stream.of(refused.header("Allow").split(", "))
                        .filter(method -> !method.equals("OPTIONS"))
                        .forEach(method -> served.add(method + " " + path));
            }
            var documented = new TreeSet<String>();
            document.operations().forEach(operation -> {
                documented.add(operation.toString());
                if (operation.method().equals("GET")) {
                    documented.add("HEAD " + operation.path());
                }
            });
            assertEquals(documented, served);
        }
    }

    @TestFactory
    Stream<DynamicTest> everyExampleIsExecuted() {
        return document.operations()
                .stream()
                .map(operation -> DynamicTest.dynamicTest(operation.toString(), () -> execute(operation)));
    }

    private void execute(Document.Operation operation) throws Exception {
        var examples = new Examples(document, operation);
        var executed = new HashSet<String>();
        try (var server = new Server("duckdb")) {
            World.fill(server.jobs);
            for (var example : examples.all()) {
                var body = example.body().isMissingNode() ? null : example.body().toString();
                var reply = server.send(operation.method(), example.path(), body,
                        example.headers().toArray(String[]::new));
                assertEquals(example.status(), reply.status(), () -> example.name() + ": " + reply.text());
                if (example.answer() != null) {
                    boolean json = reply.header("Content-Type").endsWith("json");
                    assertEquals(json ? example.answer() : example.answer().asText(),
                            json ? reply.json() : reply.text(), example.name());
                }
                executed.add(example.name());
            }
        }
        assertTrue(executed.containsAll(examples.asked()),
                () -> "no answer has examples " + examples.asked() + "; there are " + executed);
    }

    @Test
    void itIsServedAsItIs() {
        try (var server = new Server("duckdb")) {
            assertTrue(server.get("/openapi").text().startsWith("openapi: 3.1"));
            assertEquals(document.root(), server.get("/openapi.json").json());
        }
    }

    @Test
    void itIsOpenApi31AndItsReferencesLead() {
        assertTrue(document.root().get("openapi").asText().startsWith("3.1"));
        document.root()
                .findValues("$ref")
                .forEach(ref -> assertTrue(
                        !document.root().at(ref.asText().substring(1)).isMissingNode(), ref.asText()));
        var metaSchema = JsonSchemaFactory.getInstance(VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        document.root()
                .at("/components/schemas")
                .properties()
                .forEach(schema -> assertEquals(Set.of(), metaSchema.validate(schema.getValue()), schema.getKey()));
        var ids = document.operations().stream().map(o -> o.node().get("operationId").asText()).toList();
        assertEquals(ids.size(), Set.copyOf(ids).size());
    }

    @Test
    void itNamesEveryCode() throws Exception {
        var documented = MAPPER.convertValue(document.root().at("/components/schemas/ProblemCode/enum"), List.class);
        assertEquals(Codes.all().stream().map(Codes.Row::code).collect(Collectors.toList()), documented);
    }

    /** To write it anew: {@code mvn -pl api -am test -Dtest=OpenApiTest -Doutboard.docs.write=true}. */
    @Test
    void theDocsSayWhatItSays() throws Exception {
        var file = Path.of("../docs/api.md");
        var docs = ApiDocs.of(document);
        if (Boolean.getBoolean("outboard.docs.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, docs);
        }
        assertEquals(docs, Files.readString(file), "docs/api.md is not what the code says; write it anew with "
                + "-Doutboard.docs.write=true");
    }
}
