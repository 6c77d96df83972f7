package dev.outboard.connectors.snowflake;

import dev.outboard.spi.CreateRequest;
import dev.outboard.spi.TaskTemplate;
import dev.outboard.support.Fields;
import dev.outboard.support.UserFault;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a request asks for, read and checked without asking Snowflake.
 *
 * @param pointer to the object that says where it runs
 */
record Job(Meta meta, Query query, String pointer) {
    /** Of the Python driver's arguments those that change where a connection leads or who makes it. */
    private static final List<String> REFUSED = List.of("host", "port", "protocol", "password", "token", "private_key",
            "private_key_file", "authenticator", "account", "user");

    static Job of(CreateRequest request, SnowflakeSettings settings) throws UserFault {
        var template = request.template();
        var v1 = !template.config().isEmpty();
        var fields = v1
                ? Fields.at("/template/config", template.config())
                : Fields.at("/template/custom", template.custom());
        var meta = v1 ? meta(Meta.Form.V1, fields, template) : metaV2(fields, template);
        allowed(meta, fields, settings);
        var job = new Job(meta, query(request, fields, v1), fields.pointer());
        if (Tag.of(request, meta).length() > Tag.LONGEST) {
            throw new UserFault("NamesTooLong",
                    "account, user, database, schema, warehouse, role and secrets have names"
                            + " that together do not fit a query tag, which has at most " + Tag.LONGEST + " characters",
                    fields.pointer());
        }
        return job;
    }

    private static Meta meta(Meta.Form form, Fields fields, TaskTemplate template) throws UserFault {
        var user = fields.required("user", "the Snowflake user that runs the statement");
        var account = fields.required("account", "the account identifier, such as `MYORG-ACCOUNT1`");
        Account.of(account, fields.pointer("account"));
        var warehouse = fields.required("warehouse", "the warehouse that the statement runs on");
        var database = fields.required("database", "the database that the statement runs in");
        var schema = form == Meta.Form.V1
                ? fields.required("schema", "the schema that the statement runs in")
                : or(fields.text("schema"), "PUBLIC");
        for (var output : new TreeSet<>(template.outputs())) {
            if (!output.equals(Meta.OUTPUT)) {
                throw new UserFault("UnknownOutput", "a snowflake task has one output, named `" + Meta.OUTPUT
                        + "`; it cannot give `" + output + "`",
                        "/template/interface/outputs/" + output.replace("~", "~0").replace("/", "~1"));
            }
        }
        return new Meta(form, account, user, database, schema, warehouse, fields.text("role"),
                !template.outputs().isEmpty(), null, null, "");
    }

    private static Meta metaV2(Fields fields, TaskTemplate template) throws UserFault {
        var meta = meta(Meta.Form.V2, fields, template);
        var secrets = fields.object("secrets");
        var more = fields.object("connection_kwargs");
        var role = meta.role();
        if (more != null) {
            for (var name : REFUSED) {
                if (more.has(name)) {
                    throw new UserFault("NotSupported", "`connection_kwargs` may not say `" + name + "`: where a job"
                            + " connects to, and as whom, is said by account, user and secrets", more.pointer(name));
                }
            }
            role = more.text("role") == null ? role : more.text("role");
        }
        return new Meta(meta.form(), meta.account(), meta.user(), meta.database(), meta.schema(), meta.warehouse(),
                role,
                meta.hasOutput(), secrets == null ? null : secrets.text("snowflake_private_key"),
                secrets == null ? null : secrets.text("snowflake_private_key_passphrase"), "");
    }

    private static void allowed(Meta meta, Fields fields, SnowflakeSettings settings) throws UserFault {
        if (settings.endpoint() == null) {
            settings.allowedHosts().url(meta.where().host(), fields.pointer("account"));
        }
        only("account", settings.account(), meta.account(), fields);
        only("user", settings.user(), meta.user(), fields);
    }

    private static void only(String name, @Nullable String allowed, String given, Fields fields) throws UserFault {
        if (allowed != null && !allowed.equalsIgnoreCase(given)) {
            throw new UserFault("NotAllowed", "jobs may only name the " + name + " `" + allowed
                    + "` here (the connector's setting `" + name + "`)", fields.pointer(name));
        }
    }

    private static Query query(CreateRequest request, Fields fields, boolean v1) throws UserFault {
        var statement = request.template().statement();
        if (statement == null || statement.isBlank()) {
            throw new UserFault("MissingField", "a snowflake task needs `sql.statement`: one SQL statement",
                    Pyformat.STATEMENT);
        }
        boolean batch = !v1 && Boolean.TRUE.equals(fields.flag("batch"));
        return batch
                ? BatchInsert.of(statement, request.inputs())
                : Query.of(statement, request.inputs());
    }

    private static String or(@Nullable String text, String unless) {
        return text == null ? unless : text;
    }
}
