package dev.outboard.api.door;

import dev.outboard.api.http.Entity;
import dev.outboard.dispatcher.view.Reading;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Jobs as they were last sent: many ask again for what has not changed, or wait for the same change, and writing JSON
 * costs more than all else of an answer. One place for each of some thousand ids, the latest wins; so it is bounded, at
 * 32 MiB. Safe for many threads.
 */
final class Rendered {
    private static final int PLACES = 4096;
    private static final int LARGEST = 8 * 1024;

    private record Sent(Reading.Found found, Entity body) {

        /** At one position of a log is one job as it then was, also where a view has let go of it and read it again. */
        private boolean shows(Reading.Found other) {
            return found.job().id().equals(other.job().id()) && found.job().rev() == other.job().rev()
                    && found.job().incarnation() == other.job().incarnation()
                    && found.position().equals(other.position())
                    && found.conditions().equals(other.conditions());
        }
    }

    private final AtomicReferenceArray<@Nullable Sent> places = new AtomicReferenceArray<>(PLACES);

    Entity of(Reading.Found found) {
        // an id is a hash or random already
        int place = (int) found.job().id().low() & PLACES - 1;
        var sent = places.get(place);
        if (sent != null && sent.shows(found)) {
            return sent.body();
        }
        var body = Entity.json(JobJson.of(found));
        if (body.plain().length <= LARGEST) {
            places.set(place, new Sent(found, body));
        }
        return body;
    }
}
