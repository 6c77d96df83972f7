package dev.outboard.spi;

import java.time.Duration;
import java.util.List;

/** What became of a create. */
public sealed interface CreateResult {

    /** The platform has the job now. */
    record Created(Handle handle, List<Link> links) implements CreateResult {
        public Created {
            links = List.copyOf(links);
        }
    }

    /** The platform had the job already, under our key and with our spec. */
    record Adopted(Handle handle, List<Link> links) implements CreateResult {
        public Adopted {
            links = List.copyOf(links);
        }
    }

    /** The platform refused; nothing exists under the key. */
    record Rejected(TaskError error) implements CreateResult {}

    /** The platform asks for patience (429, quota); nothing exists under the key. */
    record Retry(Duration after, String reason) implements CreateResult {}

    /** It may or may not exist; the worker finds out with the same key. */
    record Unknown(String cause) implements CreateResult {}
}
