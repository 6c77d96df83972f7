package dev.outboard.connectors.snowflake;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.outboard.spi.Blob;
import dev.outboard.spi.StructuredDataset;
import dev.outboard.support.UserFault;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Statements with pyformat placeholders, as Snowflake gets them. */
class QueryTest {

    private static Query query(String statement, Map<String, ?> inputs) throws UserFault {
        return Query.of(statement, new TreeMap<>(inputs));
    }

    private static void refused(String pointer, String statement, Map<String, ?> inputs) {
        assertEquals(pointer, assertThrows(UserFault.class, () -> query(statement, inputs)).error().pointer(),
                statement);
    }

    private static void batchRefused(String pointer, String statement, Map<String, ?> inputs) {
        var fault = assertThrows(UserFault.class, () -> BatchInsert.of(statement, new TreeMap<>(inputs)));
        assertEquals(pointer, fault.error().pointer(), fault.getMessage());
    }

    @Test
    void placeholdersBecomeQuestionMarksInOrder() throws UserFault {
        var query = query("SELECT %(b)s, %(a)s, %(b)s", Map.of("a", 1L, "b", "x", "unused", 2L));
        assertEquals("SELECT ?, ?, ?", query.sql());
        assertEquals(List.of(new Bind("TEXT", "x"), new Bind("FIXED", "1"), new Bind("TEXT", "x")), query.binds());
    }

    @Test
    void aPercentSignIsDoubledOnlyWhereThereAreInputs() throws UserFault {
        assertEquals("SELECT 7 % 2, '%%', '%(a)s'", query("SELECT 7 % 2, '%%', '%(a)s'", Map.of()).sql());
        assertEquals("SELECT 7 % ?", query("SELECT 7 %% %(a)s", Map.of("a", 1L)).sql());
        refused("/template/sql/statement", "SELECT 7 % %(a)s", Map.of("a", 1L));
        refused("/template/sql/statement", "SELECT %(a)d", Map.of("a", 1L));
    }

    @Test
    void anUnknownNameIsRefused() {
        refused("/template/sql/statement", "SELECT %(nothing)s", Map.of("a", 1L));
    }

    @Test
    void valuesHaveTheirTypes() throws UserFault {
        assertEquals(new Bind("FIXED", "-7"), Bind.of("x", -7L));
        assertEquals(new Bind("REAL", "1.5E300"), Bind.of("x", 1.5e300));
        assertEquals(new Bind("BOOLEAN", "true"), Bind.of("x", true));
        assertEquals(new Bind("TEXT", "a'b"), Bind.of("x", "a'b"));
        assertEquals(new Bind("BINARY", "00FF"), Bind.of("x", new byte[]{0, -1}));
        assertEquals(new Bind("TIMESTAMP_TZ", "1700000000000000001 1440"),
                Bind.of("x", Instant.ofEpochSecond(1_700_000_000, 1)));
        assertEquals(new Bind("TIMESTAMP_TZ", "-1 1440"), Bind.of("x", Instant.ofEpochSecond(-1, 999_999_999)));
        assertEquals(new Bind("TEXT", "01:02:03.000004"), Bind.of("x", Duration.ofNanos(3_723_000_004_000L)));
        assertEquals(new Bind("TEXT", null), Bind.of("x", null));
        assertEquals(new Bind("TEXT", "s3://a"), Bind.of("x", new Blob("s3://a", "")));
        assertEquals(new Bind("TEXT", "s3://b"), Bind.of("x", new StructuredDataset("s3://b", "")));
    }

    @Test
    void aListIsAParenthesis() throws UserFault {
        var query = query("SELECT 1 WHERE 2 IN %(ids)s", Map.of("ids", List.of(1L, 2L)));
        assertEquals("SELECT 1 WHERE 2 IN (?, ?)", query.sql());
        assertEquals(2, query.binds().size());
        refused("/inputs/ids", "SELECT 1 WHERE 2 IN %(ids)s", Map.of("ids", List.of()));
        refused("/inputs/a~1b", "SELECT %(a/b)s", Map.of("a/b", Map.of("x", 1L)));
        refused("/inputs/ids", "SELECT %(ids)s", Map.of("ids", List.of(List.of(1L))));
        refused("/inputs/d", "SELECT %(d)s", Map.of("d", Duration.ofDays(2)));
    }

    @Test
    void aBatchWritesItsRowOnceForEachElement() throws UserFault {
        var query = BatchInsert.of("INSERT INTO t (a, b) /* values ( */ VALUES (%(a)s, upper(%(b)s)) -- end",
                new TreeMap<>(Map.of("a", List.of(1L, 2L), "b", List.of("x", ")"))));
        assertEquals("INSERT INTO t (a, b) /* values ( */ VALUES (?, upper(?)), (?, upper(?)) -- end", query.sql());
        assertEquals(
                List.of(new Bind("FIXED", "1"), new Bind("TEXT", "x"), new Bind("FIXED", "2"), new Bind("TEXT", ")")),
                query.binds());
        var one = BatchInsert.of("INSERT INTO t VALUES (%(a)s, ')')",
                new TreeMap<>(Map.of("a", Collections.singletonList(null))));
        assertEquals("INSERT INTO t VALUES (?, ')')", one.sql());
        var literal = "'" + "x''\\\\y".repeat(100_000) + "'";
        var big = BatchInsert.of("INSERT INTO t VALUES (%(a)s, " + literal + ")",
                new TreeMap<>(Map.of("a", List.of(1L))));
        assertEquals(1, big.binds().size());
    }

    @Test
    void aBatchOfAnotherFormIsRefused() {
        var ids = Map.of("a", List.of(1L, 2L));
        batchRefused("/template/sql/statement", "SELECT 1", ids);
        batchRefused("/template/sql/statement", "INSERT INTO t VALUES (%(a)s), VALUES (%(a)s)", ids);
        batchRefused("/template/sql/statement", "INSERT INTO t VALUES (%(a)s", ids);
        batchRefused("/template/sql/statement", "INSERT INTO t VALUES (1)", ids);
        batchRefused("/template/sql/statement", "INSERT INTO t VALUES (%(b)s)", ids);
        batchRefused("/inputs/a", "INSERT INTO t VALUES (%(a)s)", Map.of("a", List.of()));
        batchRefused("/inputs/a", "INSERT INTO t VALUES (%(a)s)", Map.of("a", 1L));
        batchRefused("/inputs/b", "INSERT INTO t VALUES (%(a)s, %(b)s)",
                Map.of("a", List.of(1L, 2L), "b", Arrays.asList("x", "y", "z")));
    }
}
