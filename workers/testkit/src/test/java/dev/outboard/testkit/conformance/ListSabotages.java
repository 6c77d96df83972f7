package dev.outboard.testkit.conformance;

import dev.outboard.spi.Batch;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a connector can get wrong about lists and look-ups. */
final class ListSabotages {
    private ListSabotages() {}

    static List<Sabotage> all() {
        return List.of(Sabotage.of("takes what a list misses for gone", () -> new ServiceConnector(Guarantee.ADOPT) {
            @Override
            public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
                var told = new HashMap<>(super.pollAll(account, handles, null).results());
                handles.forEach(handle -> told.putIfAbsent(handle, new PollResult.Gone()));
                return new Batch(told, false, null);
            }
        }, "lists lag: a job that they miss is not gone"),

                Sabotage.of("reads lists by another table", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
                        var told = new HashMap<>(super.pollAll(account, handles, since).results());
                        told.replaceAll((_, result) -> result instanceof PollResult.Cancelled
                                ? new PollResult.Failed(Sabotage.failed())
                                : result);
                        return new Batch(told, since != null, null);
                    }
                }, "batch poll equals single polls"),

                Sabotage.of("believes that nothing changes", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public Batch pollAll(String account, Set<Handle> handles, Instant since) throws Exception {
                        return since == null
                                ? super.pollAll(account, handles, null)
                                : new Batch(Map.of(), true, since);
                    }
                }, "batch poll tells what has changed", "lists lag: a job that they miss is not gone"),

                Sabotage.of("finds by its own clock", () -> new ServiceConnector(Guarantee.SEARCH) {
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

                Sabotage.of("finds what is not there", () -> new ServiceConnector(Guarantee.SEARCH) {
                    @Override
                    public Optional<Handle> find(CreateRequest request) {
                        return Optional.of(new Handle(1, request.key()));
                    }
                }, "look-ups lag: find is empty, then finds", "the guarantee that is declared"),

                Sabotage.of("lists what is not ours", () -> new ServiceConnector(Guarantee.ADOPT) {
                    @Override
                    public ListResult list(String installation) throws Exception {
                        return super.list("here");
                    }
                }, "list tells what is ours, and nothing else"),

                Sabotage.of("takes no answer for an empty list", () -> new ServiceConnector(Guarantee.ADOPT) {
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
