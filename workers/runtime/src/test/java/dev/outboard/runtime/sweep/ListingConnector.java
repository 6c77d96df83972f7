package dev.outboard.runtime.sweep;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.ExternalJob;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.ListResult;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;

/** Lists what it is told to, and answers polls and deletes in turn. */
final class ListingConnector implements Connector {
    final List<ExternalJob> listed = new ArrayList<>();
    /** By a handle's value. */
    final Map<String, PollResult> polls = new HashMap<>();
    /** What deletes come to, one after the other; the last one for ever. */
    final Deque<Callable<PollResult>> deletes = new ArrayDeque<>();
    final List<String> deleted = new ArrayList<>();
    Callable<ListResult> list = () -> new ListResult.Listed(listed);

    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("Fake", "1.2", Map.of(Life.TYPE, Set.of(0), "other", Set.of(0)), Guarantee.ADOPT,
                false, 7, Duration.ofSeconds(30));
    }

    @Override
    public CreateResult create(CreateRequest request) {
        throw new AssertionError("a sweep creates nothing");
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) throws Exception {
        var result = polls.get(handle.value());
        if (result == null) {
            throw new java.io.IOException("no route to host");
        }
        return result;
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) throws Exception {
        deleted.add(handle.value());
        return (deletes.size() > 1 ? deletes.removeFirst() : deletes.getFirst()).call();
    }

    @Override
    public ListResult list(String installation) throws Exception {
        return list.call();
    }
}
