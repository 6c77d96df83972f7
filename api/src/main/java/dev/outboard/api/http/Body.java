package dev.outboard.api.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;

/**
 * Reads JSON bodies up to a limit.
 *
 * @param limit in bytes
 */
public record Body(int limit) {
    private static final Pattern JSON = Pattern.compile(
            "application/json\\s*(;\\s*charset\\s*=\\s*(utf-8|\"utf-8\")\\s*)?;?",
            Pattern.CASE_INSENSITIVE);

    /**
     * The bytes of the body; none if there is no body.
     *
     * @throws Refused if it is too large, or of another type than JSON
     */
    public byte[] read(ServerRequest req) {
        if (!req.content().hasEntity()) {
            return new byte[0];
        }
        requireJson(req);
        boolean tooLarge = req.headers().contentLength().orElse(0) > limit;
        if (tooLarge && req.headers().containsToken(HeaderValues.EXPECT_100)) {
            // the client waits for our word before it sends, and may not send at all
            throw tooLarge().closing().refused();
        }
        if (tooLarge) {
            // the rest is read and thrown away after the answer, so that its sender lives to read that
            throw tooLarge().refused();
        }
        try {
            // not closed: that would read on to the end, for which a broken client may never come
            var bytes = req.content().inputStream().readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw tooLarge().refused();
            }
            return bytes;
        } catch (RequestException e) {
            throw broken(e.status().code()).refused();
        } catch (NumberFormatException e) {
            // Helidon's, for a chunk whose size is no number
            throw broken(400).refused();
        } catch (IOException | UncheckedIOException | DataReader.InsufficientDataAvailableException e) {
            throw new CloseConnectionException("the client went away while it sent its body", e);
        }
    }

    /** Nothing that follows on this connection would mean anything. */
    private Problem broken(int status) {
        var problem = status == 413 ? tooLarge() : Code.of(status).says("the body's framing is not as HTTP has it");
        return problem.closing();
    }

    private Problem tooLarge() {
        return Code.BODY_TOO_LARGE.says("the body has more than " + limit + " bytes");
    }

    private static void requireJson(ServerRequest req) {
        var type = req.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
        if (!JSON.matcher(type.strip()).matches()) {
            throw Code.UNSUPPORTED_MEDIA_TYPE.says(type.isEmpty()
                    ? "the body comes without Content-Type"
                    : "the Content-Type is not application/json in UTF-8").refused();
        }
    }
}
