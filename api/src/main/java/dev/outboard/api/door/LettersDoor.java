package dev.outboard.api.door;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.outboard.api.http.Answer;
import dev.outboard.api.http.Code;
import dev.outboard.api.http.Json;
import dev.outboard.api.http.Refused;
import dev.outboard.api.http.Route;
import dev.outboard.dispatcher.job.Bytes;
import dev.outboard.dispatcher.job.Input;
import dev.outboard.dispatcher.view.Jobs;
import dev.outboard.dispatcher.view.Letter;
import dev.outboard.dispatcher.view.LogUnavailable;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of the jobs door that shows dead letters, and has them taken again. A command may hold what is private, so little of it is shown. */
final class LettersDoor {
    private static final Logger LOG = System.getLogger("dev.outboard.api");
    private static final int DEFAULT_LIMIT = 50;
    private static final int MOST = 500;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final Pattern PLACE = Pattern.compile("[a-z0-9_-]{1,80}\\.c\\d{1,9}\\.\\d{1,18}");

    private final Jobs jobs;
    private final Replaying replaying;
    private final JobAnswer answer;
    private final String by;

    /** @param by who asks for what is written */
    LettersDoor(Jobs jobs, JobAnswer answer, String by) {
        this.jobs = jobs;
        this.answer = answer;
        this.by = by;
        replaying = new Replaying(jobs);
    }

    void routing(HttpRules rules, Gate gate) {
        Route.get(gate.behind(this::list)).at(rules, "/deadletters");
        Route.post(gate.behind(this::replay)).at(rules, "/deadletters/{position}:replay");
        Route.get(gate.behind(this::show)).at(rules, "/deadletters/{position}");
    }

    private void list(ServerRequest req, ServerResponse res) {
        var text = query(req, "limit");
        int limit = text == null ? DEFAULT_LIMIT : NUMBER.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > MOST) {
            throw Code.INVALID_REQUEST.says("the parameter limit must be a number from 1 to " + MOST)
                    .next("Correct it, or leave it out.")
                    .refused();
        }
        try {
            var root = Json.object();
            var array = root.putArray("dead_letters");
            jobs.deadLetters(query(req, "task_type"), limit).forEach(letter -> array.add(json(letter)));
            Answer.json(req, res, 200, root);
        } catch (LogUnavailable e) {
            throw away(e);
        }
    }

    private void show(ServerRequest req, ServerResponse res) {
        var opened = opened(place(req));
        var node = json(opened.letter()).put("sha256", sha256(opened.value()));
        var command = opened.command();
        if (command != null) {
            command(node.putObject("command"), command);
        } else {
            node.put("unreadable", opened.unreadable());
            if ("true".equals(query(req, "value"))) {
                node.put("value", Base64.getEncoder().encodeToString(opened.value().array()));
            }
        }
        res.header(Answer.NO_STORE);
        Answer.json(req, res, 200, node);
    }

    private void replay(ServerRequest req, ServerResponse res) {
        answer.send(req, res, 202, replaying.replay(place(req), by));
    }

    private Letter.Opened opened(String place) {
        try {
            return jobs.deadLetter(place).orElseThrow(LettersDoor::unknown);
        } catch (LogUnavailable e) {
            throw away(e);
        }
    }

    private static String place(ServerRequest req) {
        var place = req.path().pathParameters().get("position");
        if (!PLACE.matcher(place).matches()) {
            throw unknown();
        }
        return place;
    }

    private static Refused unknown() {
        return unknown("there is no such dead letter among the newest 1000");
    }

    static Refused unknown(String why) {
        return Code.UNKNOWN_DEAD_LETTER.says(why).refused();
    }

    static Refused away(LogUnavailable e) {
        LOG.log(Level.WARNING, "the dead letters could not be read: " + e.getMessage());
        return Code.LOG_UNAVAILABLE.says("Kafka cannot be reached, or is too slow to tell its dead letters").refused();
    }

    private static @Nullable String query(ServerRequest req, String name) {
        return req.query().contains(name) ? req.query().get(name) : null;
    }

    private static ObjectNode json(Letter letter) {
        var node = Json.object().put("position", letter.place()).put("task_type", letter.taskType());
        if (letter.job() != null) {
            node.put("job_id", letter.job().toString());
        }
        return node.put("at", letter.at().toString()).put("reason", letter.reason()).put("size", letter.size());
    }

    /** No spec, no inputs, no handle: only what tells which command it is. */
    private static void command(ObjectNode node, Input.Command command) {
        switch (command) {
            case Input.Create create -> {
                var accepted = create.accepted();
                node.put("kind", "create")
                        .put("task_type", accepted.taskType())
                        .put("task_type_version", accepted.taskTypeVersion())
                        .put("project", accepted.tenant().project())
                        .put("domain", accepted.tenant().domain())
                        .put("name", accepted.name());
            }
            case Input.CancelAsked cancel -> node.put("kind", "cancel")
                    .put("incarnation", cancel.incarnation())
                    .put("by", cancel.by())
                    .put("cause", cancel.reason());
            case Input.Resolved resolved -> node.put("kind", "resolve")
                    .put("incarnation", resolved.incarnation())
                    .put("attempt", resolved.attempt())
                    .put("by", resolved.by())
                    .put("verdict", resolved.verdict().text());
        }
    }

    private static String sha256(Bytes value) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(value.array()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
