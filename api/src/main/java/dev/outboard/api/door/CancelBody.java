package dev.outboard.api.door;

import dev.outboard.api.decode.JsonText;
import dev.outboard.api.decode.Undecodable;
import dev.outboard.api.http.Code;
import java.nio.charset.StandardCharsets;

/** The body of a cancel: none, or {@code {"reason": …}}. */
final class CancelBody {
    private static final int LONGEST = 1024;
    private static final String REASON = "reason";

    private CancelBody() {}

    /** @throws dev.outboard.api.http.Refused 400 for a body that says anything else */
    static String reason(byte[] body) {
        if (body.length == 0) {
            return "";
        }
        try {
            var root = JsonText.read(body);
            if (!root.isObject() || root.size() > (root.has(REASON) ? 1 : 0)) {
                throw Code.INVALID_REQUEST.says("a cancel's body is an object with reason, or nothing")
                        .at("")
                        .refused();
            }
            var reason = root.path(REASON);
            if (!reason.isMissingNode() && !reason.isTextual()) {
                throw Code.INVALID_REQUEST.says("the reason must be a string").at("/" + REASON).refused();
            }
            if (reason.asText().getBytes(StandardCharsets.UTF_8).length > LONGEST) {
                throw Code.INVALID_REQUEST.says("the reason has more than " + LONGEST + " bytes")
                        .at("/" + REASON)
                        .refused();
            }
            return reason.asText();
        } catch (Undecodable e) {
            throw Code.MALFORMED_JSON.says(e.why()).refused();
        }
    }
}
