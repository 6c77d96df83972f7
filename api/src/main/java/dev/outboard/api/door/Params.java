package dev.outboard.api.door;

import dev.outboard.api.http.Code;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Position;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.ServerRequest;
import java.util.HashSet;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in headers and query of a request, checked. All throw Refused, 400, for what cannot be right. */
final class Params {
    static final HeaderName POSITION = HeaderNames.create("Outboard-Position");
    static final Header REPLAYED = HeaderValues.create("Idempotency-Replayed", "true");
    private static final HeaderName LAST_EVENT = HeaderNames.create("Last-Event-ID");
    private static final HeaderName KEY = HeaderNames.create("Idempotency-Key");
    private static final Pattern VISIBLE = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private Params() {}

    static Optional<String> idempotencyKey(ServerRequest req) {
        if (!req.headers().contains(KEY)) {
            return Optional.empty();
        }
        var values = req.headers().get(KEY).allValues();
        if (values.size() != 1 || !VISIBLE.matcher(values.getFirst()).matches()) {
            throw Code.INVALID_REQUEST.says("the header Idempotency-Key must be one value of 1 to 255 visible ASCII "
                    + "characters").next("Send another Idempotency-Key, such as a UUID.").refused();
        }
        return Optional.of(values.getFirst());
    }

    /** The position that the answer must have reached, or null. */
    static @Nullable Position position(ServerRequest req) {
        var texts = new HashSet<String>();
        if (req.query().contains("position")) {
            texts.addAll(req.query().all("position"));
        }
        if (req.headers().contains(POSITION)) {
            texts.addAll(req.headers().get(POSITION).allValues());
        }
        if (texts.isEmpty()) {
            return null;
        }
        var position = texts.size() == 1 ? Position.parse(texts.iterator().next()) : Optional.<Position>empty();
        return position.orElseThrow(() -> Code.INVALID_REQUEST
                .says("the position is none that an answer ever carried, such as c3.17")
                .next("Send the position of an earlier answer as it is, or none.")
                .refused());
    }

    /** The job that the path names. */
    static JobId id(ServerRequest req) {
        return JobId.parse(req.path().pathParameters().get("id"))
                .orElseThrow(() -> Code.UNKNOWN_JOB.says("what stands in the path is no job id").refused());
    }

    /** The last event that the client has seen, or null. A browser that comes again sends the header, by an old query. */
    static @Nullable Position lastEvent(ServerRequest req) {
        var text = req.headers().first(LAST_EVENT).orElse("");
        if (text.isEmpty() && req.query().contains("last_event_id")) {
            text = req.query().first("last_event_id").orElse("");
        }
        return text.isEmpty()
                ? null
                : Position.parse(text)
                        .orElseThrow(() -> Code.INVALID_REQUEST
                                .says("the Last-Event-ID is none that an event ever carried, such as s3.17")
                                .next("Send the id of an earlier event as it is, or none.")
                                .refused());
    }

    /** The job that the plugin door's query names, as {@code resource_id} or {@code job_id}. */
    static JobId resource(ServerRequest req) {
        var texts = new HashSet<String>();
        for (var name : new String[]{"resource_id", "job_id"}) {
            if (req.query().contains(name)) {
                texts.addAll(req.query().all(name));
            }
        }
        if (texts.size() != 1) {
            throw Code.INVALID_REQUEST.says(texts.isEmpty()
                    ? "the query lacks resource_id"
                    : "the query names more than one job")
                    .next("Add ?resource_id= with the job_id that the create was answered with.")
                    .refused();
        }
        return JobId.parse(texts.iterator().next())
                .orElseThrow(() -> Code.INVALID_REQUEST
                        .says("the resource_id is no job id")
                        .next("Send the job_id that the create was answered with, as it is.")
                        .refused());
    }
}
