package dev.outboard.connectors.snowflake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.outboard.spi.Handle;
import dev.outboard.spi.Link;
import dev.outboard.spi.StructuredDataset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a statement runs and by whom: what is needed to ask for it, and so a handle's content. Its fields are those that
 * Flyte's own connector keeps, and some of ours, which may be missing.
 *
 * @param secret the name of the private key's secret where the job names one
 * @param passphrase the name of its passphrase's secret, likewise
 * @param queryId empty before there is one
 */
record Meta(Form form, String account, String user, String database, String schema, String warehouse,
        @Nullable String role, boolean hasOutput, @Nullable String secret, @Nullable String passphrase,
        String queryId) {
    static final int VERSION = 1;
    static final String OUTPUT = "results";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Which of Flyte's two templates it came by. */
    enum Form {
        V1, V2
    }

    Meta with(String query) {
        return new Meta(form, account, user, database, schema, warehouse, role, hasOutput, secret, passphrase, query);
    }

    Account where() {
        return new Account(account);
    }

    Handle handle() {
        return new Handle(VERSION, written(fields()));
    }

    /** In a fixed order: handles of one statement must be equal. */
    Map<String, Object> fields() {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("form", form.name().toLowerCase(Locale.ROOT));
        fields.put("account", account);
        fields.put("user", user);
        fields.put("database", database);
        fields.put("schema", schema);
        fields.put("warehouse", warehouse);
        put(fields, "role", role);
        fields.put("has_output", hasOutput);
        put(fields, "secret", secret);
        put(fields, "passphrase", passphrase);
        put(fields, "query_id", queryId.isEmpty() ? null : queryId);
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable String value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    static String written(Map<String, Object> fields) {
        try {
            return JSON.writeValueAsString(fields);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @throws IllegalArgumentException if it is no handle of this connector's nor of Flyte's */
    static Meta of(Handle handle) {
        try {
            var meta = of(JSON.readTree(handle.value()));
            if (!meta.queryId().matches("[A-Za-z0-9-]{1,64}")) {
                throw new IllegalArgumentException("this handle names no Snowflake query");
            }
            Account.of(meta.account(), "");
            return meta;
        } catch (JsonProcessingException | dev.outboard.support.UserFault e) {
            throw new IllegalArgumentException("this is no handle of a Snowflake job", e);
        }
    }

    static Meta of(JsonNode node) {
        var form = node.path("form").asText(node.has("connection_kwargs") ? "v2" : "v1");
        return new Meta(form.equals("v2") ? Form.V2 : Form.V1, node.path("account").asText(),
                node.path("user").asText(),
                node.path("database").asText(), node.path("schema").asText(), node.path("warehouse").asText(),
                text(node, "role") == null ? text(node.path("connection_kwargs"), "role") : text(node, "role"),
                node.path("has_output").asBoolean(), text(node, "secret"), text(node, "passphrase"),
                node.path("query_id").asText());
    }

    private static @Nullable String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).textValue() : null;
    }

    /** What shares a budget, and one look into the history: an account's user in a role, by one credential. */
    String budget() {
        return String.join("|", where().issuer(), user.toUpperCase(Locale.ROOT), role == null ? "" : role,
                secret == null ? "" : secret);
    }

    String page() {
        return "https://app.snowflake.com/" + where().path(form) + "/#/compute/history/queries/" + queryId + "/detail";
    }

    List<Link> links() {
        return List.of(new Link(form == Form.V1 ? "Snowflake Query Details" : "Snowflake Dashboard", page()));
    }

    Map<String, @Nullable Object> outputs() {
        if (!hasOutput) {
            return Map.of();
        }
        var uri = "snowflake://" + user + (form == Form.V1 ? ":" : "/")
                + String.join("/", account, warehouse, database, schema, queryId);
        return Map.of(OUTPUT, new StructuredDataset(uri, ""));
    }
}
