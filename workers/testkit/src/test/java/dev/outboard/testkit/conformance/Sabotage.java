package dev.outboard.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.outboard.spi.Batch;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import dev.outboard.spi.TaskError;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * The careful connector with one thing wrong, and the cases that must see it.
 *
 * @param caught names of cases; one that ends with {@code *} stands for all that begin so
 */
record Sabotage(String what, Supplier<Connector> connector, List<String> caught) {
    private static Sabotage of(String what, Supplier<Connector> connector, String... caught) {
        return new Sabotage(what, connector, List.of(caught));
    }

    private static TaskError failed() {
        return TaskError.system("Trouble", "it did not work", true);
    }

    static List<Sabotage> all() {
        return List.of(of("does not send the key", () -> new ServiceConnector(Guarantee.ADOPT) {
            @Override
            Map<String, Object> body(CreateRequest request) {
                return Map.of("command", command(request));
            }
        }, "create: one job, which runs", "create twice with the same key",
                "create twice with the same key, by two workers",
                "create twice at the same time", "create again after the end", "create's reply lost after the effect",
                "crash between intent and reply", "create answered 500 after the effect",
                "create answered 503 after the effect", "create answered with half a body",
                "create hangs past the deadline after the effect", "delete while creating: the create had landed",
                "delete before a create lands", "list tells what is ours, and nothing else"),

                of("takes trouble for a refusal", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    public CreateResult create(CreateRequest request) throws Exception {
                        try {
                            return super.create(request);
                        } catch (IOException e) {
                            return new CreateResult.Rejected(failed());
                        }
                    }
                }, "create answered 5*", "create answered with*", "create's reply lost*"),

                of("asks for patience when it does not know", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    public CreateResult create(CreateRequest request) throws Exception {
                        try {
                            return super.create(request);
                        } catch (IOException e) {
                            return new CreateResult.Retry(Duration.ofSeconds(1), "trouble");
                        }
                    }
                }, "create answered 500 after the effect", "create answered 502 after the effect",
                        "create answered 503 after the effect", "create answered 504 after the effect",
                        "create answered with half a body", "create's reply lost after the effect",
                        "create answered with an HTML page after the effect*"),

                of("throws what looks like a bug", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    HttpResponse<String> send(String method, String path, Map<String, ?> body, SecretReader secrets) {
                        try {
                            return super.send(method, path, body, secrets);
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }, "create's reply lost before the effect", "poll answered with half a body"),

                of("makes a handle of anything", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    JsonNode json(HttpResponse<String> answer) {
                        try {
                            return super.json(answer);
                        } catch (IOException e) {
                            return MissingNode.getInstance();
                        }
                    }

                    @Override
                    PollResult state(JsonNode job) throws IOException {
                        return job.isMissingNode() ? new PollResult.Failed(failed()) : super.state(job);
                    }
                }, "create answered with an HTML page, 200", "create answered with an HTML page after the effect, 200",
                        "poll answered with an HTML page, 200"),

                of("takes trouble for an end", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    PollResult told(HttpResponse<String> answer) throws IOException {
                        return answer.statusCode() >= 401 && answer.statusCode() != 404
                                && answer.statusCode() != 429
                                        ? new PollResult.Failed(failed())
                                        : super.told(answer);
                    }
                }, "poll and delete answered*", "poll answered with an HTML page, 502",
                        "create, poll and delete answered 401"),

                of("knows all states", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    PollResult state(JsonNode job) throws IOException {
                        return switch (job.path("state").asText()) {
                            case "RUNNING", "CANCELLING", "CANCELLED", "SUCCEEDED" -> super.state(job);
                            default -> new PollResult.Failed(failed());
                        };
                    }
                }, "poll a state that nobody has heard of"),

                of("knows no patience", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    Duration after(HttpResponse<String> answer) {
                        return Duration.ZERO;
                    }
                }, "create, poll and delete answered 429*"),

                of("does not hear how much patience", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    Duration after(HttpResponse<String> answer) {
                        return Duration.ofSeconds(1);
                    }
                }, "create, poll and delete answered 429 with Retry-After"),

                of("tries again by itself", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    HttpResponse<String> send(String method, String path, Map<String, ?> body, SecretReader secrets)
                            throws IOException, InterruptedException {
                        var answer = super.send(method, path, body, secrets);
                        return answer.statusCode() >= 500 ? super.send(method, path, body, secrets) : answer;
                    }
                }, "retries inside are off"),

                of("does not heed an interrupt", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    HttpResponse<String> send(String method, String path, Map<String, ?> body, SecretReader secrets)
                            throws IOException {
                        var task = new FutureTask<>(() -> super.send(method, path, body, secrets));
                        Thread.startVirtualThread(task);
                        while (!task.isDone()) {
                            try {
                                task.get();
                            } catch (InterruptedException e) {
                                // goes on
                            } catch (java.util.concurrent.ExecutionException e) {
                                throw new IOException(e);
                            }
                        }
                        return task.resultNow();
                    }
                }, "create hangs*", "poll and delete hang past the deadline"),

                of("keeps its secret", () -> new ServiceConnector(Guarantee.ADOPT) {
                    private String kept;

                    @Override
                    public void open(ConnectorContext context) {
                        super.open(context);
                        kept = context.secrets().read("api-key").orElseThrow();
                    }

                    @Override
                    String apiKey(SecretReader secrets) {
                        return kept;
                    }
                }, "credentials rotated"));
    }

    static List<Sabotage> ofEnds() {
        return List.of(of("takes what is not there for failed", () -> new ServiceConnector(Guarantee.ADOPT) {
            @Override
            PollResult told(HttpResponse<String> answer) throws IOException {
                return answer.statusCode() == 404 ? new PollResult.Failed(failed()) : super.told(answer);
            }
        }, "poll unknown", "delete unknown"),

                of("says cancelled at once", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public PollResult delete(Handle handle, SecretReader secrets) {
                        return new PollResult.Cancelled();
                    }
                }, "delete, and delete again", "delete after finish", "delete unknown",
                        "delete while creating: the create had not landed"),

                of("remembers ends for itself", () -> new ServiceConnector(Guarantee.ADOPT) {
                    private final Set<String> mine = new java.util.HashSet<>();

                    @Override
                    Handle handle(JsonNode job) {
                        mine.add(job.path("id").asText());
                        return super.handle(job);
                    }

                    @Override
                    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
                        return mine.contains(handle.value()) ? super.poll(handle, secrets) : new PollResult.Gone();
                    }
                }, "poll after finish"),

                of("occupies nothing", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public CreateResult occupy(CreateRequest request) {
                        return new CreateResult.Adopted(new Handle(1, request.key()), List.of());
                    }
                }, "delete before a create lands", "delete while creating: the create had not landed"),

                of("adopts anything", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    CreateResult adopt(CreateRequest request) throws Exception {
                        return new CreateResult.Adopted(new Handle(1, request.key()), List.of());
                    }
                }, "adopt with a differing spec", "the guarantee that is declared"),

                of("refuses what is good", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public Optional<TaskError> check(CreateRequest request) {
                        return Optional.of(TaskError.user("No", "no"));
                    }
                }, "create: one job, which runs"));
    }

    static List<Sabotage> ofLists() {
        return List.of(of("takes what a list misses for gone", () -> new ServiceConnector(Guarantee.ADOPT) {
            @Override
            public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
                var told = new HashMap<>(super.pollAll(account, handles, null).results());
                handles.forEach(handle -> told.putIfAbsent(handle, new PollResult.Gone()));
                return new Batch(told, false, null);
            }
        }, "lists lag: a job that they miss is not gone"),

                of("reads lists by another table", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
                        var told = new HashMap<>(super.pollAll(account, handles, since).results());
                        told.replaceAll((_, result) -> result instanceof PollResult.Cancelled
                                ? new PollResult.Failed(failed())
                                : result);
                        return new Batch(told, since != null, null);
                    }
                }, "batch poll equals single polls"),

                of("believes that nothing changes", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
                        return since == null
                                ? super.pollAll(account, handles, null)
                                : new Batch(Map.of(), true, since);
                    }
                }, "batch poll tells what has changed", "lists lag: a job that they miss is not gone"),

                of("finds by its own clock", () -> new ServiceConnector(Guarantee.SEARCH) {
                    @Override
                    public Optional<Handle> find(CreateRequest request) throws Exception {
                        var now = context.clock().instant();
                        var jobs = json(send("GET", "/jobs?label=key:" + request.key(), Map.of(), request.secrets()));
                        for (var job : jobs.path("jobs")) {
                            var age = Duration.between(Instant.ofEpochMilli(job.path("createdAt").asLong()), now);
                            if (age.abs().compareTo(Duration.ofMinutes(30)) < 0) {
                                return Optional.of(handle(job));
                            }
                        }
                        return Optional.empty();
                    }
                }, "the platform's clock an hour*"),

                of("finds what is not there", () -> new ServiceConnector(Guarantee.SEARCH) {
                    @Override
                    public Optional<Handle> find(CreateRequest request) {
                        return Optional.of(new Handle(1, request.key()));
                    }
                }, "look-ups lag: find is empty, then finds", "the guarantee that is declared"),

                of("lists what is not ours", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public ListResult list(String installation) throws Exception {
                        return super.list("here");
                    }
                }, "list tells what is ours, and nothing else"),

                of("takes no answer for an empty list", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public ListResult list(String installation) throws Exception {
                        try {
                            return super.list(installation);
                        } catch (IOException e) {
                            return new ListResult.Listed(List.of());
                        }
                    }
                }, "list answered 503 is not an empty list"));
    }
}
