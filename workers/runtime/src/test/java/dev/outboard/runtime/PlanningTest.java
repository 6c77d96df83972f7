package dev.outboard.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.PlatformError;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.flyteidl.core.Literal;
import dev.outboard.flyteidl.core.LiteralCollection;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Plan;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PlanningTest {
    private FakeConnector connector = FakeConnector.quick();

    private static CreateTaskRequest.Builder spec() {
        var spec = CreateTaskRequest.newBuilder();
        spec.getTemplateBuilder().setType("sql").setTaskTypeVersion(1).getSqlBuilder().setStatement("select 1");
        spec.getTemplateBuilder().getIdBuilder().setProject("p").setName("n");
        return spec;
    }

    private Planned plan() throws Exception {
        return plan(spec().build());
    }

    private Planned plan(CreateTaskRequest spec) throws Exception {
        try (var fixture = new Fixture(connector)) {
            return fixture.connectors.platform("sql").plan(spec);
        }
    }

    @Test
    void theJobIsShownAsOneThatIsNone() throws Exception {
        var seen = new AtomicReference<CreateRequest>();
        connector.plan = request -> {
            seen.set(request);
            return new Plan.Feasible(Map.of("bytes", 12L));
        };
        assertEquals(new Planned.Feasible(Map.of("bytes", 12.0)), plan());
        var request = seen.get();
        assertEquals(
                List.of("plan", "jaaaaaaaaaaaaaaaaaaaaaaaaaa", "planplanplanplanplanplanplanplanplanplanplanplanplan"),
                List.of(request.installation(), request.jobId(), request.key()));
        assertTrue(request.key().matches("[a-z2-7]{52}"));
        assertTrue(request.fingerprint().matches("[a-z2-7]{52}"), request.fingerprint());
        assertEquals("select 1", request.template().statement());
        assertEquals("p", request.template().project());
    }

    @Test
    void theCheckComesFirst() throws Exception {
        connector.check = _ -> Optional.of(TaskError.user("Bad", "bad", "/template/custom").next("Mend it."));
        connector.plan = _ -> {
            throw new AssertionError("asked all the same");
        };
        assertEquals(new Planned.Refused(
                new JobError(JobError.Kind.USER, "Bad", "bad", false, "/template/custom", "Mend it.", null)), plan());
        var badInput = spec();
        badInput.getInputsBuilder()
                .putLiterals("x", Literal.newBuilder()
                        .setCollection(LiteralCollection.newBuilder()
                                .addLiterals(Literal.getDefaultInstance()))
                        .build());
        connector.check = _ -> Optional.empty();
        assertTrue(plan(badInput.build()) instanceof Planned.Refused(var error) && error.pointer() != null
                && error.pointer().startsWith("/inputs/literals/x"));
    }

    @Test
    void whatThePlatformSaysLeavesWithoutSecrets() throws Exception {
        connector.plan = request -> {
            var hidden = request.secrets().read("token").orElseThrow();
            return new Plan.Feasible(Map.of("k " + hidden, List.of(hidden)));
        };
        assertEquals(new Planned.Feasible(Map.of("k ***", List.of("***"))), plan());
        connector.plan = request -> {
            var hidden = request.secrets().read("token").orElseThrow();
            return new Plan.Refused(TaskError.user("No", hidden)
                    .next(hidden)
                    .from(new dev.outboard.spi.PlatformError("P", dev.outboard.spi.PlatformError.Category.AUTH, hidden,
                            null, null)));
        };
        assertEquals(new Planned.Refused(new JobError(JobError.Kind.USER, "No", "***", false, null, "***",
                new PlatformError("P", "AUTH", "***", null, null))), plan());
        connector.plan = request -> new Plan.CannotPlan(request.secrets().read("token").orElseThrow());
        assertEquals(new Planned.CannotPlan("***"), plan());
    }

    @Test
    void aPlatformThatCannotBeAskedIsNoAnswer() {
        connector.plan = _ -> {
            throw new IOException("refused");
        };
        assertEquals("IOException: refused", assertThrows(Platform.Unanswered.class, this::plan).getMessage());
        connector.plan = _ -> null;
        assertThrows(Platform.Unanswered.class, this::plan);
        connector = new FakeConnector(Duration.ofMillis(200));
        connector.plan = _ -> {
            new CountDownLatch(1).await();
            return null;
        };
        assertTrue(assertThrows(Platform.Unanswered.class, this::plan).getMessage().startsWith("no answer to plan"));
    }
}
