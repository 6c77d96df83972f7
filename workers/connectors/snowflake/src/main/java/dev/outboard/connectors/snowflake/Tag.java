package dev.outboard.connectors.snowflake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.CreateRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;

/**
 * What a statement's {@code QUERY_TAG} says of it: {@code outboard:<installation>:<key>:} and a JSON object. The prefix is
 * what it is found by, the object what its handle is made from again.
 */
record Tag(String key, String fingerprint, String taskType, String jobId, Meta meta) {
    /** Of all installations. */
    static final String PREFIX = "outboard:";
    /** Snowflake's limit. */
    static final int LONGEST = 2_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    static String installation(String installation) {
        return PREFIX + URLEncoder.encode(installation, StandardCharsets.UTF_8) + ":";
    }

    static String key(CreateRequest request) {
        return installation(request.installation()) + request.key() + ":";
    }

    static String of(CreateRequest request, Meta meta) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("fp", request.fingerprint());
        fields.put("type", request.template().type());
        fields.put("job", request.jobId());
        fields.put("meta", meta.fields());
        return key(request) + Meta.written(fields);
    }

    /** Empty for one that is not ours, or that somebody has cut. */
    static Optional<Tag> read(String tag) {
        var parts = tag.split(":", 4);
        if (parts.length < 4 || !tag.startsWith(PREFIX)) {
            return Optional.empty();
        }
        try {
            var node = JSON.readTree(parts[3]);
            return node.path("meta").isObject() && !parts[2].isEmpty()
                    ? Optional.of(new Tag(parts[2], node.path("fp").asText(), node.path("type").asText(),
                            node.path("job").asText(), Meta.of(node.path("meta"))))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }
}
