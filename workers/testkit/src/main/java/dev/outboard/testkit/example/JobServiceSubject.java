package dev.outboard.testkit.example;

import dev.outboard.spi.Connector;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Handle;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskTemplate;

import dev.outboard.testkit.conformance.Subject;
import dev.outboard.testkit.sim.Entry;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.sim.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The job service under test through a connector of task type {@code command}, with the setting {@code endpoint}, the secret
 * {@code api-key} and {@code custom.command}.
 */
public final class JobServiceSubject implements Subject {
    private final Supplier<Connector> connectors;
    private final JobService service = JobService.start(SimClock.standing(Instant.parse("2026-01-01T00:00:00Z")), 0,
            "first-api-key");
    private volatile String apiKey = "first-api-key";

    /** @param connectors gives a new one each time */
    public JobServiceSubject(Supplier<Connector> connectors) {
        this.connectors = connectors;
    }

    @Override
    public Connector connector() {
        return connectors.get();
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("endpoint", service.url().toString());
    }

    @Override
    public SecretReader secrets() {
        return name -> name.equals("api-key") ? Optional.of(apiKey) : Optional.empty();
    }

    @Override
    public List<String> secretValues() {
        return List.of(apiKey);
    }

    @Override
    public List<String> issued() {
        return service.issued();
    }

    @Override
    public CreateRequest request(String key) {
        return request(key, "work");
    }

    @Override
    public CreateRequest different(String key) {
        return request(key, "other work");
    }

    private CreateRequest request(String key, String command) {
        var template = new TaskTemplate("", "", "", "command", 0, null, null, Map.of("command", command), Map.of(),
                Map.of(), Set.of("result"));
        return new CreateRequest("here", key, "job" + key, "f" + command.length(), 1, template, Map.of(), null,
                Map.of(),
                secrets());
    }

    @Override
    public void finish() {
        service.finish();
    }

    @Override
    public Handle unknown() {
        return new Handle(1, "never-was");
    }

    @Override
    public List<Entry> ledger() {
        return service.ledger();
    }

    @Override
    public Optional<Simulator> simulator() {
        return Optional.of(service);
    }

    @Override
    public void rotate() {
        apiKey = apiKey + "-next";
        service.rotate(apiKey);
    }

    @Override
    public void unheardOfState() {
        service.unheardOfState();
    }

    @Override
    public void lists(Duration lag) {
        service.lists(lag);
    }

    @Override
    public void close() {
        service.close();
    }
}
