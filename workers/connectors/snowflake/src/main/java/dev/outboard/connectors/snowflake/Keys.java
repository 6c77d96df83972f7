package dev.outboard.connectors.snowflake;

import dev.outboard.spi.CreateRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys that this process has tried to create under, the latest 10,000: whoever comes again with one of them may be
 * repeating himself. Safe for many threads.
 */
final class Keys {
    private static final int MOST = 10_000;

    /** @param created null while it is not known whether there is one */
    record Tried(String fingerprint, @Nullable Meta created) {}

    private final Map<String, Tried> tried = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Tried> eldest) {
            return size() > MOST;
        }
    };

    synchronized @Nullable Tried get(CreateRequest request) {
        return tried.get(name(request));
    }

    /** A request for it is about to leave, or was looked for and not found. */
    synchronized void trying(CreateRequest request) {
        tried.putIfAbsent(name(request), new Tried(request.fingerprint(), null));
    }

    synchronized void created(CreateRequest request, Meta meta) {
        tried.put(name(request), new Tried(request.fingerprint(), meta));
    }

    private static String name(CreateRequest request) {
        return request.installation() + " " + request.key();
    }
}
