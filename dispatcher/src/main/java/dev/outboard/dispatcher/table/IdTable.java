package dev.outboard.dispatcher.table;

import dev.outboard.dispatcher.job.JobId;
import java.util.Arrays;

/**
 * Some longs for each of many job ids. Open addressing over one array at a load of 3/5 to 5/6, so a row takes 8 bytes for
 * each of its longs and of the two of its id, and up to as much again. Not safe for many threads.
 */
public final class IdTable {
    /** Longs of an id; the row's first value stands behind them. */
    private static final int ID = 2;
    /** Marks a free place, where a row's first value would be. */
    private static final long FREE = Long.MIN_VALUE;
    private static final int SMALLEST = 8;

    private final int width;
    private long[] table;
    private int size;

    /** @param columns values of a row, at least 1; the first of them is never {@code Long.MIN_VALUE} */
    public IdTable(int columns) {
        width = ID + columns;
        table = free(SMALLEST);
    }

    public int size() {
        return size;
    }

    /** The row of this id, or -1. Rows move when anything is put or removed. */
    public int find(JobId id) {
        int at = place(id.high(), id.low());
        return isFree(at) ? -1 : at;
    }

    /** The next row behind this one, or -1; the first behind -1. In no order. */
    public int next(int row) {
        for (int at = row < 0 ? 0 : row + width; at < table.length; at += width) {
            if (!isFree(at)) {
                return at;
            }
        }
        return -1;
    }

    public JobId id(int row) {
        return new JobId(table[row], table[row + 1]);
    }

    public long get(int row, int column) {
        return table[row + ID + column];
    }

    /** In place of the id's row, if it has one. */
    public void put(JobId id, long... values) {
        if ((size + 1) * 6 > table.length / width * 5) {
            grow();
        }
        int at = place(id.high(), id.low());
        if (isFree(at)) {
            size++;
        }
        table[at] = id.high();
        table[at + 1] = id.low();
        System.arraycopy(values, 0, table, at + ID, width - ID);
    }

    /** Does nothing if the id has no row. */
    public void remove(JobId id) {
        int at = place(id.high(), id.low());
        if (isFree(at)) {
            return;
        }
        size--;
        table[at + ID] = FREE;
        // close the gap: rows behind it may have been pushed on by the one that left
        for (int next = after(at); !isFree(next); next = after(next)) {
            var row = Arrays.copyOfRange(table, next, next + width);
            table[next + ID] = FREE;
            System.arraycopy(row, 0, table, place(row[0], row[1]), width);
        }
    }

    private void grow() {
        var old = table;
        int places = old.length / width;
        table = free(places + places * 2 / 5);
        for (int at = 0; at < old.length; at += width) {
            if (old[at + ID] != FREE) {
                System.arraycopy(old, at, table, place(old[at], old[at + 1]), width);
            }
        }
    }

    /** Where this id's row is, or would be. */
    private int place(long high, long low) {
        // ids are hashes or random already; the low half is not what chose the partition
        int at = (int) Long.remainderUnsigned(low, table.length / width) * width;
        while (!isFree(at) && (table[at] != high || table[at + 1] != low)) {
            at = after(at);
        }
        return at;
    }

    private boolean isFree(int at) {
        return table[at + ID] == FREE;
    }

    private int after(int at) {
        return at + width == table.length ? 0 : at + width;
    }

    private long[] free(int places) {
        var fresh = new long[places * width];
        Arrays.fill(fresh, FREE);
        return fresh;
    }
}
