package dev.outboard.crash.platform;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.crash.platform.External.State;
import dev.outboard.crash.platform.Script.Cancel;
import dev.outboard.crash.platform.Script.End;
import dev.outboard.spi.Guarantee;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BooksTest {
    private static final long SEED = 3;
    private static final long NOW = 1_000_000;

    private static int number(Predicate<Script> wanted) {
        return IntStream.range(0, 1000).filter(n -> wanted.test(Script.of(SEED, n))).findFirst().orElseThrow();
    }

    private static External taken(Books books, String key, int number) {
        var job = books.create(key, "job", 1, number, NOW).job();
        assertTrue(job != null);
        return job;
    }

    @ParameterizedTest
    @CsvSource({"ADOPT, 1", "TOKEN, 1", "SEARCH, 2", "NONE, 2"})
    void aRepeatedCreateIsTakenAsTheGuaranteeHasIt(Guarantee guarantee, int jobs) {
        var books = new Books(guarantee, SEED);
        int number = number(script -> script.end() == End.SUCCEED);
        assertTrue(books.create("k", "job", 1, number, NOW).fresh());
        assertEquals(jobs == 2, books.create("k", "job", 1, number, NOW).fresh());
        assertEquals(jobs, books.all().size());
    }

    @Test
    void aLookUpThatLagsShowsAJobLater() {
        int number = number(script -> script.end() == End.SUCCEED);
        var search = new Books(Guarantee.SEARCH, SEED);
        var job = taken(search, "k", number);
        assertTrue(search.find("k", NOW + 1499).isEmpty());
        assertEquals(job, search.find("k", NOW + 1500).orElseThrow());
        var adopt = new Books(Guarantee.ADOPT, SEED);
        assertEquals(taken(adopt, "k", number), adopt.find("k", NOW).orElseThrow());
    }

    @Test
    void aJobEndsAsItsScriptSaysUnlessItIsCancelledBefore() {
        var books = new Books(Guarantee.ADOPT, SEED);
        var script = Script.of(SEED, number(s -> s.end() == End.SUCCEED));
        var job = taken(books, "k", script.number());
        assertEquals(State.RUNNING, job.state(NOW + script.runsMillis() - 1));
        assertEquals(State.SUCCEEDED, job.state(NOW + script.runsMillis()));
        books.delete(job.id(), NOW + script.runsMillis());
        assertEquals(State.SUCCEEDED, books.get(job.id()).orElseThrow().state(NOW + 60_000), "it had ended");
        var endless = taken(books, "l", number(s -> s.end() == End.NEVER));
        books.delete(endless.id(), NOW);
        assertEquals(State.RUNNING, books.get(endless.id()).orElseThrow().state(NOW), "a moment later only");
        assertEquals(State.CANCELLED, books.get(endless.id()).orElseThrow().state(NOW + 1000));
    }

    @Test
    void failuresAndRefusalsComeAsScripted() {
        var books = new Books(Guarantee.ADOPT, SEED);
        int once = number(s -> s.end() == End.FAIL_ONCE);
        assertEquals(State.FAILED_ONCE, taken(books, "a", once).end());
        var second = books.create("b", "job", 2, once, NOW).job();
        assertTrue(second != null && second.end() == State.SUCCEEDED);
        assertEquals(State.FAILED, taken(books, "c", number(s -> s.end() == End.FAIL)).end());
        assertNull(books.create("d", "refused", 1, number(s -> s.end() == End.REFUSE), NOW).job());
        assertEquals("[refused]", books.refused().toString());
    }

    @Test
    void everyHundredJobsHaveEverything() {
        for (long seed = 0; seed < 50; seed++) {
            long of = seed;
            for (var end : End.values()) {
                assertTrue(IntStream.range(0, 100).anyMatch(n -> Script.of(of, n).end() == end), seed + " " + end);
            }
            assertTrue(count(of, s -> s.cancel() == Cancel.WHILE_SUBMITTING) >= 10);
            assertTrue(count(of, s -> s.firstCreate().hidesEffect()) >= 8);
            assertTrue(count(of, Script::repeated) >= 20);
        }
        assertEquals(Script.of(1, 17), Script.of(1, 17));
        assertNotEquals(Script.of(1, 17).runsMillis(), Script.of(2, 17).runsMillis());
    }

    private static long count(long seed, Predicate<Script> wanted) {
        return IntStream.range(0, 100).filter(n -> wanted.test(Script.of(seed, n))).count();
    }

    @Test
    void troubleEnds() {
        for (int number = 0; number < 200; number++) {
            var script = Script.of(SEED, number);
            assertEquals(script.firstCreate(), script.trouble("create", 1));
            assertEquals(Trouble.NONE, script.trouble("create", 7));
            assertNotEquals(Trouble.HELD, script.trouble("poll", 2));
        }
    }
}
