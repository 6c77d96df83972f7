package dev.outboard.api.door;

import dev.outboard.api.decode.Unknown;
import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Body;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Json;
import dev.outboard.api.http.Route;
import dev.outboard.dispatcher.job.JobId;
import dev.outboard.dispatcher.view.JobPage;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.LogUnavailable;
import dev.outboard.dispatcher.view.Position;
import dev.outboard.dispatcher.view.Reading;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The door for people, the CLI and the console, below {@code /api/v1}. */
public final class JobsDoor implements HttpService {
    private static final String BY = "anonymous (jobs door)";
    private final Jobs jobs;
    private final Body body;
    private final Known known;
    private final Intake intake;
    private final Asking asking;
    private final Resolving resolving;
    private final Waiters waiters;
    private final JobAnswer answer;
    private final JobEvents events;

    public JobsDoor(Body body, Jobs jobs, Waiters waiters) {
        this.jobs = jobs;
        this.body = body;
        this.waiters = waiters;
        known = new Known(jobs);
        intake = new Intake(body, jobs);
        asking = new Asking(jobs);
        resolving = new Resolving(jobs);
        var rendered = new Rendered();
        answer = new JobAnswer(rendered);
        events = new JobEvents(asking, waiters, rendered);
    }

    @Override
    public void routing(HttpRules rules) {
        var gate = new Gate(jobs);
        Route.get(gate.behind(this::taskTypes)).at(rules, "/task-types");
        Route.get(gate.behind(this::list)).and("POST", gate.behind(this::create)).at(rules, "/jobs");
        Route.post(gate.behind(this::cancel)).at(rules, "/jobs/{id}:cancel");
        Route.post(gate.behind(this::resolve)).at(rules, "/jobs/{id}:resolve");
        Route.get(gate.behind(this::get)).and("DELETE", gate.behind(this::delete)).at(rules, "/jobs/{id}");
        Route.get(gate.behind(events::handle)).at(rules, "/jobs/{id}/events");
        new LettersDoor(jobs, answer, BY).routing(rules, gate);
    }

    private void taskTypes(ServerRequest req, ServerResponse res) {
        Answer.json(req, res, 200, TaskTypesJson.of(jobs.taskTypes()));
    }

    private void list(ServerRequest req, ServerResponse res) {
        var query = ListQuery.of(req);
        var page = page(query);
        var root = Json.object();
        var array = root.putArray("jobs");
        page.jobs().forEach(found -> array.add(JobJson.brief(found)));
        if (page.next() != null) {
            root.put("next_page_token", PageToken.of(page.next()));
        }
        Answer.json(req, res, 200, root);
    }

    private JobPage page(ListQuery query) {
        try {
            return jobs.list(query.filter(), query.after(), query.limit());
        } catch (LogUnavailable e) {
            throw Code.LOG_UNAVAILABLE.says("jobs of this page must be read from Kafka, which cannot be reached")
                    .next("Repeat the request in a moment, or list less of what has ended.")
                    .refused();
        }
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
        answer.send(req, res, taken.replayed() ? 200 : 201, taken.job());
    }

    private void get(ServerRequest req, ServerResponse res) {
        var id = Params.id(req);
        var position = Params.position(req);
        var tags = Etag.known(req);
        var wait = Preference.wait(req);
        var found = wait.isZero() ? asking.read(id, position) : held(id, position, tags, wait);
        if (!wait.isZero()) {
            res.header(Preference.APPLIED, "wait=" + wait.toSeconds());
        }
        if (Etag.matches(tags, found)) {
            answer.notModified(res, found);
        } else {
            answer.send(req, res, 200, found);
        }
    }

    /** Once there is what the client waits for: news if it tells what it knows, else the job's end; or the time is up. */
    private Reading.Found held(JobId id, @Nullable Position position, Set<String> tags, Duration wait) {
        long deadline = System.nanoTime() + wait.toNanos();
        // open before the first look: it misses nothing that happens after that
        try (var waiter = waiters.open(id)) {
            var found = asking.read(id, position);
            while ((tags.isEmpty() ? !found.job().state().terminal() : Etag.matches(tags, found))
                    && waiter.await(deadline)) {
                found = asking.again(found);
            }
            return found;
        }
    }

    private void cancel(ServerRequest req, ServerResponse res) {
        end(req, res, CancelBody.reason(body.read(req)));
    }

    private void resolve(ServerRequest req, ServerResponse res) {
        var id = Params.id(req);
        answer.send(req, res, 202, resolving.resolve(id, ResolveBody.of(body.read(req)), BY));
    }

    private void delete(ServerRequest req, ServerResponse res) {
        end(req, res, "");
    }

    private void end(ServerRequest req, ServerResponse res, String reason) {
        var asked = asking.cancel(Params.id(req), BY, reason);
        answer.send(req, res, asked.owed() ? 202 : 200, asked.job());
    }
}
