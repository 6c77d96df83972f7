package dev.outboard.testkit.storage;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The buckets of one simulated store, and what lies in them. Safe for many threads. */
final class Objects {
    private final Set<String> buckets = ConcurrentHashMap.newKeySet();
    private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

    void bucket(String name) {
        buckets.add(name);
    }

    boolean has(String bucket) {
        return buckets.contains(bucket);
    }

    void put(String bucket, String key, byte[] content) {
        contents.put(bucket + "/" + key, content);
    }

    Optional<byte[]> get(String bucket, String key) {
        return Optional.ofNullable(contents.get(bucket + "/" + key));
    }
}
