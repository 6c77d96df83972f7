package dev.outboard.api.door;

import com.fasterxml.jackson.databind.JsonNode;
import dev.outboard.api.decode.Decoded;
import dev.outboard.api.decode.FlyteKey;
import dev.outboard.api.decode.Unknown;
import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Body;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Route;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.Reading;
import dev.outboard.dispatcher.view.TaskType;
import dev.outboard.flyteidl.admin.CreateTaskRequest;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Optional;

/** The door of Flyte's RFC: create, poll and delete at {@code /plugins/v1/{task_type}/{version}}. */
public final class PluginDoor implements HttpService {
    private static final String BY = "anonymous (plugin door)";
    private final Jobs jobs;
    private final Known known;
    private final Intake intake;
    private final Asking asking;

    public PluginDoor(Body body, Jobs jobs) {
        this.jobs = jobs;
        known = new Known(jobs);
        intake = new Intake(body, jobs);
        asking = new Asking(jobs);
    }

    @Override
    public void routing(HttpRules rules) {
        var gate = new Gate(jobs);
        Route.put(gate.behind(this::create))
                .and(Route.get(gate.behind(this::poll)))
                .and("DELETE", gate.behind(this::delete))
                .at(rules, "/{task_type}/{version}");
    }

    private void create(ServerRequest req, ServerResponse res) {
        var type = known.type(req.path().pathParameters().get("task_type"));
        int version = PathVersion.of(req, type);
        known.version(type, version);
        var key = Params.idempotencyKey(req);
        var decoded = intake.decode(req, Unknown.IGNORED);
        var request = agreed(decoded, type, version);
        var taken = intake.create(NewJobs.forPropeller(request, key.or(() -> FlyteKey.of(request)).orElse(null)));
        if (taken.replayed()) {
            res.header(Params.REPLAYED);
        }
        answer(req, res, taken.job(), PollJson.brief(taken.job()));
    }

    /** Path and template must name the same type and version; a template that names version 0 leaves it to the path. */
    private static CreateTaskRequest agreed(Decoded decoded, TaskType type, int version) {
        var template = decoded.request().getTemplate();
        if (!template.getType().equals(type.name())) {
            throw Code.INVALID_REQUEST.says("the template is of another type than the path, which says " + type.name())
                    .at(decoded.pointer("template", "type"))
                    .refused();
        }
        if (template.getTaskTypeVersion() != 0 && template.getTaskTypeVersion() != version) {
            throw Code.INVALID_REQUEST.says("the template is of version " + template.getTaskTypeVersion()
                    + ", the path says " + version)
                    .at(decoded.pointer("template", "task_type_version"))
                    .refused();
        }
        return decoded.request().toBuilder().setTemplate(template.toBuilder().setTaskTypeVersion(version)).build();
    }

    private void poll(ServerRequest req, ServerResponse res) {
        var found = find(req);
        answer(req, res, found, PollJson.full(found, spec(found)));
    }

    private void delete(ServerRequest req, ServerResponse res) {
        var found = find(req);
        var after = asking.cancel(found.job().id(), BY, "").job();
        answer(req, res, after, PollJson.brief(after));
    }

    /** A job of a version that no worker serves any more can still be asked for. */
    private Reading.Found find(ServerRequest req) {
        var type = known.type(req.path().pathParameters().get("task_type"));
        int version = PathVersion.of(req, type);
        var id = Params.resource(req);
        var found = asking.read(id, Params.position(req));
        var accepted = found.job().accepted();
        if (!accepted.taskType().equals(type.name())) {
            throw Code.UNKNOWN_JOB.says("there is no job " + id + " of type " + type.name()).refused();
        }
        if (accepted.taskTypeVersion() != version) {
            known.version(type, version);
        }
        return found;
    }

    /** The state is what a poll is for: while Kafka cannot be read, the answer goes without the spec. */
    private Optional<Bytes> spec(Reading.Found found) {
        try {
            return jobs.spec(found);
        } catch (LogUnavailable e) {
            return Optional.empty();
        }
    }

    private static void answer(ServerRequest req, ServerResponse res, Reading.Found found,
            JsonNode body) {
        res.header(Params.POSITION, found.position().toString());
        Answer.json(req, res, 200, body);
    }
}
