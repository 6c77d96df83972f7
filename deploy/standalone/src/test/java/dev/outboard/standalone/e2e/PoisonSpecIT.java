package dev.outboard.standalone.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.broker.Broker;
import dev.outboard.dispatcher.job.Job;
import dev.outboard.dispatcher.job.JobError;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.job.State;
import dev.outboard.dispatcher.job.Tenant;
import dev.outboard.dispatcher.job.Verdict;
import dev.outboard.dispatcher.lane.LaneRunner;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.dispatcher.log.LogConfig;
import dev.outboard.dispatcher.view.Cancellation;
import dev.outboard.dispatcher.view.Creation;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.KafkaJobs;
import dev.outboard.dispatcher.view.NewJob;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.view.Resolution;
import dev.outboard.dispatcher.wire.Spec;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import dev.outboard.runtime.ConnectorEffects;
import dev.outboard.runtime.Connectors;
import dev.outboard.runtime.Secrets;
import dev.outboard.runtime.WorkerSetup;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Specs on which a connector breaks, through the real runtime, lane and log. */
class PoisonSpecIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Throws where the statement says so. */
    private static final class Trap implements Connector {
        @Override
        public ConnectorInfo info() {
            return new ConnectorInfo("Trap", "1", Map.of("trap", Set.of(0)), Guarantee.ADOPT, false, 10,
                    Duration.ofSeconds(10));
        }

        @Override
        public Optional<TaskError> check(CreateRequest request) {
            breakOn(request, "check");
            return Optional.empty();
        }

        @Override
        public CreateResult create(CreateRequest request) {
            breakOn(request, "create");
            breakOn(request, "create and occupy");
            return new CreateResult.Created(new Handle(1, request.key()), List.of());
        }

        @Override
        public CreateResult occupy(CreateRequest request) {
            breakOn(request, "create and occupy");
            return new CreateResult.Created(new Handle(1, request.key()), List.of());
        }

        @Override
        public PollResult poll(Handle handle, SecretReader secrets) {
            return new PollResult.Succeeded(Map.of(), Map.of());
        }

        @Override
        public PollResult delete(Handle handle, SecretReader secrets) {
            return new PollResult.Cancelled();
        }

        private static void breakOn(CreateRequest request, String where) {
            if (where.equals(request.template().statement())) {
                throw new IllegalStateException("trap at " + request.jobId());
            }
        }
    }

    @Test
    void aPoisonSpecFailsAndItsNeighboursGoOn(@TempDir Path dir) throws Exception {
        var meters = new SimpleMeterRegistry();
        var setup = new WorkerSetup("w1", Map.of(), dir, Secrets.ofProcess(null), Clock.systemUTC(),
                Duration.ofDays(7));
        try (var broker = Broker.start(dir.resolve("kafka"), 0, Map.of());
                var connectors = Connectors.open(List.of(new Trap()), Set.of(), setup);
                var effects = new ConnectorEffects(connectors, meters);
                var jobs = new KafkaJobs(LogConfig.at(broker.bootstrap()).withPartitions(1), meters);
                var _ = LaneRunner.start(hasty(connectors.types().iterator().next()),
                        LogConfig.at(broker.bootstrap()).withPartitions(1), effects, 1000, meters)) {
            await().atMost(LIMIT).until(() -> jobs.ready() && jobs.taskTypes().stream().anyMatch(t -> t.served()));
            var owed = create(jobs, "create and occupy");
            var stuck = create(jobs, "create and occupy");
            var settled = create(jobs, "create");
            var checked = create(jobs, "check");
            var good = create(jobs, "fine");
            assertEquals(State.SUCCEEDED, ended(jobs, good).state());
            isConnectorBug(ended(jobs, checked));
            assertEquals(null, ended(jobs, checked).attempt().submittedAt(), "no platform call");
            isConnectorBug(ended(jobs, settled));
            // what a caller is owed no time-out ends: that one waits for a person
            await().atMost(LIMIT).until(() -> found(jobs, owed).state() == State.CANCELLING);
            assertInstanceOf(Cancellation.Owed.class, jobs.cancel(owed, "ann", ""));
            isConnectorBug(ended(jobs, stuck));
            assertTrue(found(jobs, stuck).error().message().contains("./outboard reconcile"));
            assertEquals(State.CANCELLING, found(jobs, owed).state());
            assertInstanceOf(Resolution.Taken.class, jobs.resolve(owed, 1, new Verdict.NeverCreated(), "ann"));
            assertEquals(State.CANCELLED, ended(jobs, owed).state());
            assertEquals(State.SUCCEEDED, ended(jobs, create(jobs, "fine")).state());
        }
    }

    /** Its calls never land late, so that nobody has to wait for them. */
    private static ServedType hasty(ServedType type) {
        var policy = new Policy(Policy.Guarantee.ADOPT, false, Duration.ofSeconds(1).minusSeconds(60), type.policy()
                .window());
        return new ServedType(type.taskType(), type.versions(), type.connector(), type.connectorVersion(), policy,
                type.maxJobs());
    }

    private static void isConnectorBug(Job job) {
        assertEquals(State.FAILED, job.state());
        assertEquals("ConnectorBug", job.error().code());
        assertEquals(JobError.Kind.SYSTEM, job.error().kind());
    }

    private static JobId create(Jobs jobs, String statement) throws Exception {
        var request = CreateTaskRequest.newBuilder();
        request.getTemplateBuilder().setType("trap").getSqlBuilder().setStatement(statement);
        var spec = request.build();
        var job = new NewJob("trap", 0, new Tenant("", ""), statement, Map.of(), Spec.fingerprint(spec), 3, null, null,
                Spec.pack(spec));
        return assertInstanceOf(Creation.Accepted.class, jobs.create(job)).job().job().id();
    }

    private static Job found(Jobs jobs, JobId id) {
        return assertInstanceOf(Reading.Found.class, jobs.read(id, null)).job();
    }

    private static Job ended(Jobs jobs, JobId id) {
        return await().atMost(LIMIT).until(() -> found(jobs, id), job -> job.state().terminal());
    }
}
