package dev.outboard.dispatcher.explore;

import java.util.Arrays;

/** The situations that were seen: 128 bits of hash and how each was first reached, in flat arrays. */
final class Visited {
    private long[] highs = new long[1 << 12];
    private long[] lows = new long[1 << 12];
    private int[] parents = new int[1 << 12];
    private byte[] choices = new byte[1 << 12];
    /** Open addressing over the numbers, plus 1. */
    private int[] places = new int[1 << 14];
    private int size;

    /** Its number, or -1 if it was seen before. */
    int add(Situation situation, int parent, int choice) {
        long high = situation.hash(11);
        long low = situation.hash(23);
        int place = place(high, low);
        if (places[place] != 0) {
            return -1;
        }
        if (size == highs.length) {
            highs = Arrays.copyOf(highs, size * 2);
            lows = Arrays.copyOf(lows, size * 2);
            parents = Arrays.copyOf(parents, size * 2);
            choices = Arrays.copyOf(choices, size * 2);
        }
        highs[size] = high;
        lows[size] = low;
        parents[size] = parent;
        choices[size] = (byte) choice;
        places[place] = ++size;
        if (size * 2 > places.length) {
            grow();
        }
        return size - 1;
    }

    private int place(long high, long low) {
        int mask = places.length - 1;
        int place = (int) high & mask;
        while (places[place] != 0 && (highs[places[place] - 1] != high || lows[places[place] - 1] != low)) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        places = new int[places.length * 2];
        for (int i = 0; i < size; i++) {
            places[place(highs[i], lows[i])] = i + 1;
        }
    }

    int parent(int number) {
        return parents[number];
    }

    int choice(int number) {
        return choices[number];
    }

    int size() {
        return size;
    }
}
