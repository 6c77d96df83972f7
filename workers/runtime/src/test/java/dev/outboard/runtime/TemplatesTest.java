package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.outboard.dispatcher.job.Identity;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.flyteidl.core.Container;
import dev.outboard.flyteidl.core.Identifier;
import dev.outboard.flyteidl.core.KeyValuePair;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralMap;
import dev.outboard.flyteidl.core.LiteralType;
import dev.outboard.flyteidl.core.Primitive;
import dev.outboard.flyteidl.core.Scalar;
import dev.outboard.flyteidl.core.SimpleType;
import dev.outboard.flyteidl.core.Sql;
import dev.outboard.flyteidl.core.TaskTemplate;
import dev.outboard.flyteidl.core.TypedInterface;
import dev.outboard.flyteidl.core.Variable;
import dev.outboard.flyteidl.core.VariableMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TemplatesTest {
    @Test
    void everythingAConnectorReadsIsThere() throws Exception {
        var template = TaskTemplate.newBuilder()
                .setId(Identifier.newBuilder().setProject("proj").setDomain("dom").setName("task"))
                .setSql(Sql.newBuilder().setStatement("SELECT 1"))
                .setCustom(Struct.newBuilder().putFields("n", Value.newBuilder().setNumberValue(3).build()))
                .putConfig("c", "d")
                .setInterface(TypedInterface.newBuilder()
                        .setInputs(VariableMap.newBuilder()
                                .putVariables("i", variable(LiteralType.newBuilder().setSimple(SimpleType.INTEGER)))
                                .putVariables("l", variable(LiteralType.newBuilder()
                                        .setCollectionType(LiteralType.newBuilder()
                                                .setMapValueType(
                                                        LiteralType.newBuilder().setSimple(SimpleType.STRING))))))
                        .setOutputs(VariableMap.newBuilder()
                                .putVariables("o2", Variable.getDefaultInstance())
                                .putVariables("o1", Variable.getDefaultInstance())));
        var inputs = LiteralMap.newBuilder()
                .putLiterals("i", Literal.newBuilder()
                        .setScalar(Scalar.newBuilder().setPrimitive(Primitive.newBuilder().setInteger(9)))
                        .build());
        var spec = CreateTaskRequest.newBuilder().setTemplate(template).setInputs(inputs).setOutputPrefix("s3://o");
        var request = Templates.request(Fixture.job("sql", null), Fixture.INSTALLATION, Fixture.KEY, spec.build(),
                Fixture.SECRETS);
        assertEquals(Fixture.INSTALLATION, request.installation());
        assertEquals(Fixture.KEY, request.key());
        assertEquals(Fixture.ID.toString(), request.jobId());
        assertEquals(Identity.text(Fixture.job("sql", null).accepted().fingerprint()), request.fingerprint());
        assertEquals(2, request.attempt());
        assertEquals(Map.of("i", 9L), request.inputs());
        assertEquals("s3://o", request.outputPrefix());
        assertEquals(Map.of("team", "blue"), request.labels());
        assertSame(Fixture.SECRETS, request.secrets());
        assertEquals(new dev.outboard.spi.TaskTemplate("proj", "dom", "task", "sql", 1, "SELECT 1", null,
                Map.of("n", 3.0), Map.of("c", "d"), Map.of("i", "integer", "l", "[{string}]"), Set.of("o1", "o2")),
                request.template());
    }

    private static Variable variable(LiteralType.Builder type) {
        return Variable.newBuilder().setType(type).build();
    }

    @Test
    void aContainerKeepsItsArgumentsInOrder() throws Exception {
        var container = Container.newBuilder()
                .setImage("img")
                .addCommand("run")
                .addArgs("b")
                .addArgs("a")
                .addEnv(KeyValuePair.newBuilder().setKey("K").setValue("V"));
        var spec = CreateTaskRequest.newBuilder().setTemplate(TaskTemplate.newBuilder().setContainer(container));
        var template = Templates
                .request(Fixture.job("sql", null), Fixture.INSTALLATION, Fixture.KEY, spec.build(), Fixture.SECRETS)
                .template();
        assertEquals(new dev.outboard.spi.TaskTemplate.Container("img", List.of("run"), List.of("b", "a"),
                Map.of("K", "V")), template.container());
        assertNull(template.statement());
    }

    @Test
    void whatIsNotGivenIsNullOrEmpty() throws Exception {
        var request = Templates.request(Fixture.job("sql", null), Fixture.INSTALLATION, Fixture.KEY,
                CreateTaskRequest.getDefaultInstance(),
                Fixture.SECRETS);
        assertNull(request.outputPrefix());
        assertEquals(Map.of(), request.inputs());
        assertEquals(new dev.outboard.spi.TaskTemplate("", "", "", "sql", 1, null, null, Map.of(), Map.of(), Map.of(),
                Set.of()),
                request.template());
    }
}
