package dev.outboard.testkit.bigquery;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes a query's rows into a table, by its write and create dispositions. */
final class Destination {
    private Destination() {}

    static void write(Engine engine, Connection connection, Statement statement, String sql, Table to, JsonNode query,
            boolean named)
            throws SQLException, Failure {
        boolean there = named && Engine.exists(connection, to);
        if (!there && query.path("createDisposition").asText().equals("CREATE_NEVER")) {
            throw new Failure("notFound", "Not found: Table " + to);
        }
        var disposition = named ? query.path("writeDisposition").asText("WRITE_EMPTY") : "WRITE_TRUNCATE";
        if (there && disposition.equals("WRITE_EMPTY")) {
            throw new Failure("duplicate", "Already Exists: Table " + to);
        }
        if (there && disposition.equals("WRITE_APPEND")) {
            statement.execute("INSERT INTO " + to.sql() + " " + sql);
            return;
        }
        if (!there) {
            engine.dataset(to);
        }
        statement.execute("CREATE OR REPLACE TABLE " + to.sql() + " AS " + sql);
    }
}
