package dev.outboard.runtime.budget;

import static dev.outboard.runtime.budget.VirtualTime.soon;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A bucket in virtual time. */
class BucketTest {
    private static final Duration EVER = Duration.ofDays(1);
    private static final Duration TICK = Duration.ofMillis(100);

    private final VirtualTime time = new VirtualTime();
    private final Bucket bucket = new Bucket(10, time);
    private final List<String> served = Collections.synchronizedList(new ArrayList<>());

    @Test
    void requestsComeEvenlyAndNoneAreSavedUp() {
        time.pass(Duration.ofHours(1));
        assertTrue(bucket.tryTake());
        assertFalse(bucket.tryTake(), "an hour of silence allows no burst");
        time.pass(TICK.minusNanos(2));
        assertFalse(bucket.tryTake());
        time.pass(Duration.ofNanos(2));
        assertTrue(bucket.tryTake());
        assertEquals(2, bucket.taken());
    }

    @Test
    void aLargeBudgetAllowsATenthOfASecondAtOnce() {
        var large = new Bucket(1_000, time);
        int burst = 0;
        while (large.tryTake()) {
            burst++;
        }
        assertEquals(100, burst);
    }

    @Test
    void theMostUrgentGoesFirstAndNobodyWaitsForEver() {
        assertTrue(bucket.tryTake());
        for (int i = 1; i <= 4; i++) {
            waits(Urgency.POLL, 0, "poll " + i);
        }
        waits(Urgency.NEW, 7, "younger create");
        waits(Urgency.NEW, 5, "older create");
        waits(Urgency.OWED, 9, "cancel");
        assertFalse(bucket.tryTake(), "nobody goes past those who wait");
        letThrough(7);
        assertEquals(List.of("cancel", "older create", "younger create", "poll 1", "poll 2", "poll 3", "poll 4"),
                served);
        assertEquals(0, bucket.waiting());
    }

    @Test
    void whoCameFirstHasEveryFourthTurn() {
        assertTrue(bucket.tryTake());
        waits(Urgency.POLL, 0, "poll");
        for (int i = 1; i <= 5; i++) {
            waits(Urgency.OWED, i, "cancel " + i);
        }
        letThrough(6);
        assertEquals(List.of("cancel 1", "cancel 2", "cancel 3", "poll", "cancel 4", "cancel 5"), served);
    }

    @Test
    void listsGetEveryThirdWhileOneWaits() {
        assertTrue(bucket.tryTake());
        for (int i = 1; i <= 4; i++) {
            waits(Urgency.LIST, 0, "list " + i);
        }
        for (int i = 1; i <= 20; i++) {
            waits(Urgency.OWED, i, "cancel");
        }
        letThrough(12);
        assertTrue(Collections.frequency(served, "cancel") <= 8, served::toString);
        assertEquals(List.of("list 1", "list 2", "list 3", "list 4"),
                served.stream().filter(name -> name.startsWith("list")).toList());
    }

    @Test
    void aPauseHoldsEverybodyBackAndNothingComesAtOnceAfterIt() {
        bucket.pause(Duration.ofSeconds(5));
        assertTrue(bucket.paused());
        assertFalse(bucket.tryTake());
        waits(Urgency.OWED, 0, "cancel");
        waits(Urgency.POLL, 0, "poll");
        time.pass(Duration.ofSeconds(3));
        bucket.pause(Duration.ofSeconds(1));
        time.pass(Duration.ofMillis(1_999));
        assertEquals(List.of(), served, "a shorter wish does not cut the longer one short");
        time.pass(Duration.ofMillis(2));
        soon().until(() -> served.equals(List.of("cancel")));
        time.pass(TICK);
        soon().until(() -> served.equals(List.of("cancel", "poll")));
        assertFalse(bucket.paused());
    }

    @Test
    void whoGivesUpTakesNothingAlong() throws InterruptedException {
        assertTrue(bucket.tryTake());
        var gone = waits(Urgency.OWED, 0, "gone");
        gone.interrupt();
        gone.join();
        assertFalse(bucket.take(Urgency.NEW, 0, Duration.ofMillis(1)), "time is up");
        waits(Urgency.POLL, 0, "poll");
        letThrough(1);
        assertEquals(List.of("poll"), served);
        assertFalse(bucket.idle(), "one must come back first");
        time.pass(TICK);
        assertTrue(bucket.idle());
    }

    @Test
    void anInterruptComesBeforeTheRequest() {
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> bucket.take(Urgency.OWED, 0, EVER));
        assertTrue(bucket.tryTake());
    }

    private void letThrough(int count) {
        int before = served.size();
        for (int i = 1; i <= count; i++) {
            time.pass(TICK.plusNanos(1));
            int now = before + i;
            soon().until(() -> served.size() == now);
        }
    }

    private Thread waits(Urgency urgency, long since, String name) {
        int before = bucket.waiting();
        var thread = Thread.startVirtualThread(() -> {
            try {
                if (bucket.take(urgency, since, EVER)) {
                    served.add(name);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        soon().until(() -> bucket.waiting() == before + 1);
        return thread;
    }
}
