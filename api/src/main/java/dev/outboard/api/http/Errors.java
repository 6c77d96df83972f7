package dev.outboard.api.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HttpException;
import io.helidon.http.NotFoundException;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** Whatever a handler throws becomes a problem here. */
public final class Errors {
    private static final Logger LOG = System.getLogger("dev.outboard.api");

    private Errors() {}

    /** Helidon looks handlers up by superclass, so the broadest is the last resort. */
    public static void register(HttpRouting.Builder routing) {
        routing.error(Refused.class, (req, res, e) -> Answer.problem(req, res, e.problem()))
                .error(NotFoundException.class,
                        (req, res, e) -> Answer.problem(req, res, Code.UNKNOWN_PATH.says("nothing is at this path")))
                .error(HttpException.class, Errors::http)
                .error(Throwable.class, Errors::bug);
    }

    private static void http(ServerRequest req, ServerResponse res, HttpException e) {
        int status = e.status().code();
        if (status < 400) {
            e.headers().forEach(res::header);
            res.status(e.status()).send();
        } else {
            // the message may repeat what came in
            Answer.problem(req, res, Code.of(status).says(e.status().reasonPhrase()).status(status));
        }
    }

    /** Only the id goes to the caller; the log has the rest. */
    private static void bug(ServerRequest req, ServerResponse res, Throwable e) {
        var id = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
        LOG.log(Level.ERROR, "error " + id + ": " + req.prologue().method().text() + " failed", e);
        res.headers().remove(HeaderNames.LOCATION);
        Answer.problem(req, res,
                Code.INTERNAL.says("an error that nobody foresaw, with id " + id).with("error_id", id));
    }
}
