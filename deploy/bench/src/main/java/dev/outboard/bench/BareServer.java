package dev.outboard.bench;

import dev.outboard.processes.Leash;
import io.helidon.http.Header;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The baseline of a door: Helidon and a handler that does nothing. It answers what it was given: PUT takes a whole HTTP
 * answer, GET gives it back, POST too once it has read the body.
 */
final class BareServer {
    /** Helidon writes these itself. */
    private static final Set<String> OWN = Set.of("date", "connection", "content-length");

    private record Canned(int status, List<Header> headers, byte[] body) {

        static Canned of(byte[] answer) {
            var text = new String(answer, StandardCharsets.ISO_8859_1);
            int headEnd = text.indexOf("\r\n\r\n");
            var lines = text.substring(0, headEnd).split("\r\n");
            var headers = List.of(lines)
                    .subList(1, lines.length)
                    .stream()
                    .map(line -> line.split(": *", 2))
                    .filter(header -> !OWN.contains(header[0].toLowerCase(Locale.ROOT)))
                    .map(header -> HeaderValues.create(header[0], header[1]))
                    .toList();
            return new Canned(Integer.parseInt(lines[0].split(" ")[1]), headers,
                    text.substring(headEnd + 4).getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private final Map<String, Canned> canned = new ConcurrentHashMap<>();

    private BareServer() {}

    /** With arguments it goes on as another program in this JVM: its main class and arguments. */
    public static void main(String[] args) throws ReflectiveOperationException {
        System.out.println("bare server ready on " + start());
        if (args.length > 0) {
            Leash.run(args);
        }
    }

    private static int start() {
        var bare = new BareServer();
        var server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .shutdownHook(false)
                .routing(routing -> routing.put("/{name}", bare::take)
                        .get("/{name}", bare::answer)
                        .post("/{name}", bare::read))
                .build();
        return server.start().port();
    }

    private void take(ServerRequest req, ServerResponse res) {
        canned.put(name(req), Canned.of(req.content().as(byte[].class)));
        res.status(Status.NO_CONTENT_204).send();
    }

    private void read(ServerRequest req, ServerResponse res) {
        req.content().as(byte[].class);
        answer(req, res);
    }

    private void answer(ServerRequest req, ServerResponse res) {
        var answer = canned.get(name(req));
        if (answer == null) {
            res.status(Status.NOT_FOUND_404).send();
            return;
        }
        res.status(Status.create(answer.status()));
        answer.headers().forEach(res::header);
        res.send(answer.body());
    }

    private static String name(ServerRequest req) {
        return req.path().pathParameters().get("name");
    }
}
