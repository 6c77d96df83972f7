package dev.outboard.testkit.snowflake;

import java.sql.SQLException;

/** The tables that are there from the start. */
final class Samples {
    private Samples() {}

    /** TPC-H's customers as Snowflake shares them, but 5,000 and not 150 million, and an empty table of people. */
    static void load(Engine engine) throws SQLException {
        engine.make("SNOWFLAKE_SAMPLE_DATA", "TPCH_SF1000");
        engine.execute("""
                CREATE TABLE SNOWFLAKE_SAMPLE_DATA.TPCH_SF1000.CUSTOMER AS SELECT
                  i::BIGINT AS C_CUSTKEY, 'Customer#' || lpad(i::VARCHAR, 9, '0') AS C_NAME,
                  'Street ' || (i * 7919 % 10007) AS C_ADDRESS, (i % 25)::BIGINT AS C_NATIONKEY,
                  (10 + i % 25) || '-' || lpad((i * 31 % 1000)::VARCHAR, 3, '0') || '-4711' AS C_PHONE,
                  ((i * 6151 % 1099999) / 100 - 999.99)::DECIMAL(12, 2) AS C_ACCTBAL,
                  ['AUTOMOBILE', 'BUILDING', 'FURNITURE', 'HOUSEHOLD', 'MACHINERY'][1 + i % 5] AS C_MKTSEGMENT,
                  'made by the simulator' AS C_COMMENT
                FROM range(1, 5001) t(i)""");
        engine.make("TESTDB", "PUBLIC");
        engine.execute("CREATE TABLE TESTDB.PUBLIC.PEOPLE (ID BIGINT, NAME VARCHAR)");
    }
}
