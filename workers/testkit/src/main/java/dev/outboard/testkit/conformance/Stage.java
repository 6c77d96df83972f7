package dev.outboard.testkit.conformance;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.fail;

import dev.outboard.spi.Budget;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.testkit.sim.Operation;
import dev.outboard.testkit.sim.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;

/** One case's platform and workers, and what a worker does with them. */
final class Stage implements AutoCloseable {
    /** How long a worker waits before it believes a look-up that shows nothing. */
    static final Duration QUARANTINE = Duration.ofMinutes(3);
    private static final int TRIES = 8;

    private final Subject subject;
    private final Case.Kind kind;
    private final Evidence evidence;
    private final WorkerClock clock;
    private final Path data;
    private final List<Connector> open = new ArrayList<>();
    private final Set<String> secrets = new TreeSet<>();
    private final Duration patience;
    private int workers;
    private int keys;

    /** @param patience how long a call may take that has nothing to wait for, and half of how long a job's end may */
    Stage(Subject subject, Case.Kind kind, Evidence evidence, Duration patience) throws IOException {
        this.subject = subject;
        this.kind = kind;
        this.evidence = evidence;
        this.patience = patience;
        this.clock = new WorkerClock(subject.simulator().<Clock>map(Simulator::clock).orElse(Clock.systemUTC()));
        this.data = Files.createTempDirectory("conformance");
    }

    Subject subject() {
        return subject;
    }

    Case.Kind kind() {
        return kind;
    }

    WorkerClock clock() {
        return clock;
    }

    Simulator simulator() {
        return subject.simulator().orElseThrow();
    }

    /** Another worker process: it knows nothing of the others. */
    Connector worker() throws Exception {
        var connector = new Watched(subject.connector(), evidence, patience);
        var id = "worker-" + ++workers;
        connector.open(new ConnectorContext(id, subject.settings(), Files.createDirectories(data.resolve(id)),
                subject.secrets(), clock, Budget.UNLIMITED));
        open.add(connector);
        return connector;
    }

    /** The worker's process ends without a word. What lives in it ends too, which closing does; of others none hears. */
    void kill(Connector worker) throws Exception {
        if (kind.info().diesWithWorker()) {
            open.remove(worker);
            worker.close();
        }
    }

    /** A key that no other case has: 52 characters as the worker's. */
    String key() {
        return "k" + "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqr" + (char) ('a' + keys++);
    }

    CreateRequest request() {
        return subject.request(key());
    }

    /** Creates on a platform that is well. */
    Handle created(Connector worker, CreateRequest request) throws Exception {
        return switch (worker.create(request)) {
            case CreateResult.Created(var handle, _) -> handle;
            case CreateResult.Adopted(var handle, _) -> handle;
            case CreateResult.Rejected _,CreateResult.Retry _,CreateResult.Unknown _ ->
                fail("create of a good job on a platform that is well must be Created");
        };
    }

    /** Learns the outcome of a create whose answer never came, as a worker does. */
    Handle settle(Connector worker, CreateRequest request) throws Exception {
        Object last = "nothing";
        for (int i = 0; i < TRIES; i++) {
            if (kind.searches()) {
                var found = worker.find(request);
                if (found.isEmpty()) {
                    pass(QUARANTINE);
                    found = worker.find(request);
                }
                if (found.isPresent()) {
                    return found.get();
                }
            }
            last = Tried.of(() -> worker.create(request));
            switch (last) {
                case Tried.Told<?>(CreateResult.Created(var handle, _)) -> {
                    return handle;
                }
                case Tried.Told<?>(CreateResult.Adopted(var handle, _)) -> {
                    return handle;
                }
                case Tried.Told<?>(CreateResult.Rejected(var error)) ->
                    fail("a create that is repeated with the same key was refused: " + error.message());
                case Tried.Told<?>(CreateResult.Retry(var after, _)) -> pass(after);
                default -> pass(Duration.ofSeconds(1));
            }
        }
        return fail(
                "no outcome after " + TRIES + " creates with the same key on a platform that is well; the last one: "
                        + last);
    }

    PollResult poll(Connector worker, Handle handle) throws Exception {
        return worker.poll(handle, subject.secrets());
    }

    PollResult delete(Connector worker, Handle handle) throws Exception {
        return worker.delete(handle, subject.secrets());
    }

    /** Polls until the job has ended, the platform's time going on meanwhile. */
    PollResult ended(Connector worker, Handle handle) {
        return until(() -> poll(worker, handle));
    }

    /** Repeats a call until its result is an end. */
    PollResult until(Callable<PollResult> call) {
        return await("the job's end").pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .pollInSameThread()
                .atMost(patience.multipliedBy(2))
                .until(() -> {
                    var result = call.call();
                    pass(Duration.ofSeconds(2));
                    return result;
                }, result -> !(result instanceof PollResult.Running) && !(result instanceof PollResult.Retry));
    }

    /** The platform's time goes on; the worker's with it. */
    void pass(Duration time) {
        subject.simulator().ifPresent(platform -> platform.clock().advance(time));
    }

    /** The platform's credentials change; both the old and the new ones are secrets. */
    void rotate() {
        secrets.addAll(subject.secretValues());
        subject.rotate();
    }

    /** All that there were until now. */
    Set<String> secrets() {
        secrets.addAll(subject.secretValues());
        secrets.addAll(subject.issued());
        return secrets;
    }

    /** Begins a call, waits until its request has reached the platform, then interrupts it as a deadline does. */
    <T> Tried<T> interrupted(String what, Operation operation, Callable<T> call) {
        long before = simulator().requests(operation);
        var begun = Watched.begin(what, call);
        await("the request of " + what).pollInSameThread()
                .pollInterval(Duration.ofMillis(5))
                .atMost(patience)
                .until(() -> simulator().requests(operation) > before);
        begun.interrupt();
        return Tried.of(() -> begun.answer(evidence, patience));
    }

    /** The connector that this worker's calls go to, past the watch. */
    static Connector bare(Connector worker) {
        return ((Watched) worker).bare();
    }

    @Override
    public void close() throws Exception {
        try (var files = Files.walk(data)) {
            for (var connector : open) {
                connector.close();
            }
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
