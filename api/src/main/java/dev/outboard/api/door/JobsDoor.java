package dev.outboard.api.door;

import dev.outboard.api.decode.Unknown;
import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Body;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Route;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.Reading;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/** The door for people, the CLI and the console, below {@code /api/v1}. */
public final class JobsDoor implements HttpService {
    private static final String BY = "anonymous (jobs door)";
    private final Jobs jobs;
    private final Body body;
    private final Known known;
    private final Intake intake;
    private final Asking asking;

    public JobsDoor(Body body, Jobs jobs) {
        this.jobs = jobs;
        this.body = body;
        known = new Known(jobs);
        intake = new Intake(body, jobs);
        asking = new Asking(jobs);
    }

    @Override
    public void routing(HttpRules rules) {
        var gate = new Gate(jobs);
        Route.get(gate.behind(this::taskTypes)).at(rules, "/task-types");
        Route.post(gate.behind(this::create)).at(rules, "/jobs");
        Route.post(gate.behind(this::cancel)).at(rules, "/jobs/{id}:cancel");
        Route.get(gate.behind(this::get)).and("DELETE", gate.behind(this::delete)).at(rules, "/jobs/{id}");
    }

    private void taskTypes(ServerRequest req, ServerResponse res) {
        Answer.json(req, res, 200, TaskTypesJson.of(jobs.taskTypes()));
    }

    private void create(ServerRequest req, ServerResponse res) {
        var key = Params.idempotencyKey(req);
        var decoded = intake.decode(req, Unknown.REFUSED);
        var template = decoded.request().getTemplate();
        known.version(known.type(template.getType()), template.getTaskTypeVersion());
        var taken = intake.create(NewJobs.forPeople(decoded.request(), key.orElse(null)));
        res.header(HeaderNames.LOCATION, "/api/v1/jobs/" + taken.job().job().id());
        if (taken.replayed()) {
            res.header(Params.REPLAYED);
        }
        answer(req, res, taken.replayed() ? 200 : 201, taken.job());
    }

    private void get(ServerRequest req, ServerResponse res) {
        answer(req, res, 200, asking.read(id(req), Params.position(req)));
    }

    private void cancel(ServerRequest req, ServerResponse res) {
        end(req, res, CancelBody.reason(body.read(req)));
    }

    private void delete(ServerRequest req, ServerResponse res) {
        end(req, res, "");
    }

    private void end(ServerRequest req, ServerResponse res, String reason) {
        var asked = asking.cancel(id(req), BY, reason);
        answer(req, res, asked.owed() ? 202 : 200, asked.job());
    }

    private static JobId id(ServerRequest req) {
        return JobId.parse(req.path().pathParameters().get("id"))
                .orElseThrow(() -> Code.UNKNOWN_JOB.says("what stands in the path is no job id").refused());
    }

    private static void answer(ServerRequest req, ServerResponse res, int status, Reading.Found found) {
        res.header(Params.POSITION, found.position().toString());
        Answer.json(req, res, status, JobJson.of(found));
    }
}
