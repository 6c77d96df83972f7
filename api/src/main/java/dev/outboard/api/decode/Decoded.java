package dev.outboard.api.decode;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.flyteidl.admin.CreateTaskRequest;

/** A create call that was found good, as far as its body alone tells. */
public final class Decoded {
    private final CreateTaskRequest request;
    private final JsonNode root;

    Decoded(CreateTaskRequest request, JsonNode root) {
        this.request = request;
        this.root = root;
    }

    /** The call; inputs are literals, whatever they were in the body. */
    public CreateTaskRequest request() {
        return request;
    }

    /**
     * Where a field stands in the body that this was read from, as a JSON pointer; where it is absent, the place that
     * lacks it.
     *
     * @param names from the root on, as the .proto spells them
     */
    public String pointer(String... names) {
        return Pointers.locate(root, names);
    }
}
