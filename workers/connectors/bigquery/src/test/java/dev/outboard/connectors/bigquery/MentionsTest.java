package dev.outboard.connectors.bigquery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MentionsTest {

    @Test
    void parametersAreFoundWhereTheyStand() {
        assertEquals(Set.of("a", "b_2", "c"), Mentions.of("SELECT @a,@b_2+@a FROM t WHERE x=@c"));
        assertEquals(Set.of("after"), Mentions.of("SELECT 'it\\'s @no' || @after"));
        assertEquals(Set.of("after"), Mentions.of("SELECT \"\"\"a \" @no\n\"\"\", @after"));
        assertEquals(Set.of("after"), Mentions.of("-- @no\nSELECT @after # @no"));
        assertEquals(Set.of("after"), Mentions.of("/* ' @no */ SELECT @after"));
        assertEquals(Set.of("after"), Mentions.of("SELECT r'\\' @no' , @after"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "SELECT 1 @", "SELECT @@error.message", "SELECT * FROM a JOIN@{force_hint=1} b",
            "SELECT '@x", "SELECT `a@x`", "SELECT \"\\", "/* @x", "SELECT 'a@x.com'", "SELECT @1"})
    void whatIsNoneIsNotTakenForOne(String sql) {
        assertEquals(Set.of(), Mentions.of(sql));
    }
}
