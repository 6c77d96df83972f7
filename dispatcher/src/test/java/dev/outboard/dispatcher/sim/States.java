package dev.outboard.dispatcher.sim;

/**
 * Counts distinct states of millions without keeping them: a HyperLogLog of 2^14 registers, right to about one in a
 * hundred. One for each thread; {@link #add} puts them together.
 */
final class States {
    private static final int BITS = 14;

    private final byte[] registers = new byte[1 << BITS];

    void visit(long state) {
        long hash = mix(state);
        int register = (int) (hash >>> (64 - BITS));
        byte rank = (byte) (Long.numberOfLeadingZeros(hash << BITS | 1L << (BITS - 1)) + 1);
        if (registers[register] < rank) {
            registers[register] = rank;
        }
    }

    void add(States others) {
        for (int i = 0; i < registers.length; i++) {
            registers[i] = (byte) Math.max(registers[i], others.registers[i]);
        }
    }

    long count() {
        double sum = 0;
        int empty = 0;
        for (byte rank : registers) {
            sum += Math.pow(2, -rank);
            empty += rank == 0 ? 1 : 0;
        }
        double m = registers.length;
        double estimate = 0.7213 / (1 + 1.079 / m) * m * m / sum;
        return Math.round(estimate < 2.5 * m && empty > 0 ? m * Math.log(m / empty) : estimate);
    }

    /** SplitMix64's finalizer: every bit of the state reaches every bit. */
    static long mix(long state) {
        long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
