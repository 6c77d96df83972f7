package dev.outboard.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a platform itself said of a job's error.
 *
 * @param platform its name for people, such as {@code BigQuery}; may be empty
 * @param category what sort of trouble it is
 * @param categoryText the same as the server named it; a later one may know more
 * @param code its own code, or null
 * @param requestId its own id of the request or the job, for its support, or null
 * @param link a page about it, or null
 */
public record PlatformError(String platform, Category category, String categoryText, @Nullable String code,
        @Nullable String requestId, @Nullable String link) {

    /** Who has to do what. */
    public enum Category {
        /** The job is wrong. */
        USER,
        /** Somebody may not do this, or could not show who he is. */
        AUTH,
        /** An allowance is used up. */
        QUOTA,
        /** The platform's passing trouble. */
        TRANSIENT,
        /** It took too long. */
        TIMEOUT,
        /** Somebody stopped it. */
        CANCELLED,
        /** A word of a later server. */
        UNKNOWN;

        static Category of(String text) {
            for (var category : values()) {
                if (category.name().equals(text)) {
                    return category;
                }
            }
            return UNKNOWN;
        }
    }

    static @Nullable PlatformError of(JsonNode json) {
        if (!json.isObject()) {
            return null;
        }
        var category = Objects.requireNonNullElse(Json.text(json, "category"), "");
        return new PlatformError(Objects.requireNonNullElse(Json.text(json, "name"), ""), Category.of(category),
                category, Json.text(json, "code"), Json.text(json, "request_id"), Json.text(json, "link"));
    }
}
