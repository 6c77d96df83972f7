package dev.outboard.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SliceTest {
    private static final long MILLI = 1_000_000;

    @Test
    void aPercentileIsTheSmallestTimeThatThisShareDidNotExceed() {
        var hundred = new Slice(LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray(), 1);
        assertEquals(50, hundred.millis(0.5));
        assertEquals(99, hundred.millis(0.99));
        assertEquals(100, hundred.millis(1));
        var three = new Slice(new long[]{3 * MILLI, MILLI, 2 * MILLI}, 1);
        assertEquals(2, three.millis(0.5));
        assertEquals(3, three.millis(0.99));
        assertEquals(7, new Slice(new long[]{7 * MILLI}, 1).millis(0.5));
    }

    @Test
    void percentilesAreOfAllRoundsAndRatesOfTheMedianOne() {
        var quick = new Slice(new long[]{MILLI, MILLI, MILLI, MILLI}, 1);
        var usual = new Slice(new long[]{2 * MILLI, 2 * MILLI, 2 * MILLI}, 1);
        var away = new Slice(new long[]{9 * MILLI}, 10);
        assertEquals(3, Slice.perSecond(List.of(away, quick, usual)));
        assertEquals(3.5, Slice.perSecond(List.of(quick, usual)));
        assertEquals(2, Slice.all(List.of(away, quick, usual)).millis(0.7));
        assertEquals(8 / 12.0, Slice.all(List.of(away, quick, usual)).perSecond());
    }

    @Test
    void nothingMeasuredIsNoFigure() {
        assertThrows(IllegalArgumentException.class, () -> new Slice(new long[0], 1));
    }
}
