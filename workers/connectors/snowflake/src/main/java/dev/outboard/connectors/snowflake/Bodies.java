package dev.outboard.connectors.snowflake;

import java.util.LinkedHashMap;
import java.util.Map;

/** What a statement is submitted with. */
final class Bodies {
    private Bodies() {}

    static Map<String, Object> of(Meta meta, Query query) {
        var body = new LinkedHashMap<String, Object>();
        body.put("statement", query.sql());
        body.put("database", Names.stored(meta.database()));
        body.put("schema", Names.stored(meta.schema()));
        body.put("warehouse", Names.stored(meta.warehouse()));
        var role = meta.role();
        if (role != null) {
            body.put("role", Names.stored(role));
        }
        if (!query.binds().isEmpty()) {
            body.put("bindings", Bind.written(query.binds()));
        }
        return body;
    }
}
