package dev.outboard.runtime;

import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorInfo;
import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.CreateResult;
import dev.outboard.spi.Guarantee;
import dev.outboard.spi.Handle;
import dev.outboard.spi.PollResult;
import dev.outboard.spi.SecretReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The one that the test class path names. */
public final class FoundConnector implements Connector {
    @Override
    public ConnectorInfo info() {
        return new ConnectorInfo("Found", "1", Map.of("found", Set.of(0)), Guarantee.ADOPT, false, 1,
                Duration.ofSeconds(1));
    }

    @Override
    public CreateResult create(CreateRequest request) {
        return new CreateResult.Created(new Handle(1, request.key()), List.of());
    }

    @Override
    public PollResult poll(Handle handle, SecretReader secrets) {
        return PollResult.Running.plain();
    }

    @Override
    public PollResult delete(Handle handle, SecretReader secrets) {
        return new PollResult.Cancelled();
    }
}
