package dev.outboard.testkit.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.outboard.spi.ConnectorContext;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What a connector can get wrong when requests fail. */
final class WireSabotages {
    private WireSabotages() {}

    static List<Sabotage> all() {
        return List.of(Sabotage.of("does not send the key", () -> new ServiceConnector(Guarantee.ADOPT) {
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

                Sabotage.of("takes trouble for a refusal", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    public CreateResult create(CreateRequest request) throws Exception {
                        try {
                            return super.create(request);
                        } catch (IOException e) {
                            return new CreateResult.Rejected(Sabotage.failed());
                        }
                    }
                }, "create answered 5*", "create answered with*", "create's reply lost*"),

                Sabotage.of("asks for patience when it does not know", () -> new ServiceConnector(Guarantee.TOKEN) {
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

                Sabotage.of("throws what looks like a bug", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    HttpResponse<String> send(String method, String path, Map<String, ?> body, SecretReader secrets) {
                        try {
                            return super.send(method, path, body, secrets);
                        } catch (IOException | InterruptedException e) {
                            throw new IllegalStateException(e);
                        }
                    }
                }, "create's reply lost before the effect", "poll answered with half a body"),

                Sabotage.of("makes a handle of anything", () -> new ServiceConnector(Guarantee.TOKEN) {
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
                        return job.isMissingNode() ? new PollResult.Failed(Sabotage.failed()) : super.state(job);
                    }
                }, "create answered with an HTML page, 200", "create answered with an HTML page after the effect, 200",
                        "poll answered with an HTML page, 200"),

                Sabotage.of("takes trouble for an end", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    PollResult told(HttpResponse<String> answer) throws IOException {
                        return answer.statusCode() >= 401 && answer.statusCode() != 404
                                && answer.statusCode() != 429
                                        ? new PollResult.Failed(Sabotage.failed())
                                        : super.told(answer);
                    }
                }, "poll and delete answered*", "poll answered with an HTML page, 502",
                        "create, poll and delete answered 401"),

                Sabotage.of("knows all states", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    PollResult state(JsonNode job) throws IOException {
                        return switch (job.path("state").asText()) {
                            case "RUNNING", "CANCELLING", "CANCELLED", "SUCCEEDED" -> super.state(job);
                            default -> new PollResult.Failed(Sabotage.failed());
                        };
                    }
                }, "poll a state that nobody has heard of"),

                Sabotage.of("knows no patience", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    Duration after(HttpResponse<String> answer) {
                        return Duration.ZERO;
                    }
                }, "create, poll and delete answered 429*"),

                Sabotage.of("does not hear how much patience", () -> new ServiceConnector(Guarantee.TOKEN) {
                    @Override
                    Duration after(HttpResponse<String> answer) {
                        return Duration.ofSeconds(1);
                    }
                }, "create, poll and delete answered 429 with Retry-After"),

                Sabotage.of("tries again by itself", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    HttpResponse<String> send(String method, String path, Map<String, ?> body, SecretReader secrets)
                            throws IOException, InterruptedException {
                        var answer = super.send(method, path, body, secrets);
                        return answer.statusCode() >= 500 ? super.send(method, path, body, secrets) : answer;
                    }
                }, "retries inside are off"),

                Sabotage.of("does not heed an interrupt", () -> new ServiceConnector(Guarantee.ADOPT) {
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
                            } catch (ExecutionException e) {
                                throw new IOException(e);
                            }
                        }
                        return task.resultNow();
                    }
                }, "create hangs*", "poll and delete hang past the deadline"),

                Sabotage.of("keeps its secret", () -> new ServiceConnector(Guarantee.ADOPT) {
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
                }, "credentials rotated"),

                Sabotage.of("takes a token that it does not get for a refusal", () -> new TokenConnector() {
                    @Override
                    public CreateResult create(CreateRequest request) throws Exception {
                        try {
                            apiKey(request.secrets());
                        } catch (IOException e) {
                            return new CreateResult.Rejected(Sabotage.failed());
                        }
                        return super.create(request);
                    }
                }, "no access token to be had"),

                Sabotage.of("tries for long to get a token", () -> new TokenConnector() {
                    @Override
                    HttpResponse<String> fetch(String key) throws IOException, InterruptedException {
                        var answer = super.fetch(key);
                        while (answer.statusCode() >= 500) {
                            Thread.sleep(Duration.ofMillis(100));
                            answer = super.fetch(key);
                        }
                        return answer;
                    }
                }, "no access token to be had"),

                Sabotage.of("keeps a token that is refused", () -> new TokenConnector() {
                    private volatile String kept;

                    @Override
                    String apiKey(SecretReader secrets) throws IOException, InterruptedException {
                        if (kept == null) {
                            kept = super.apiKey(secrets);
                        }
                        return kept;
                    }
                }, "credentials rotated"));
    }
}
