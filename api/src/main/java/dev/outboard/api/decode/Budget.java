package dev.outboard.api.decode;

/**
 * Bounds the work on one body: unions inside unions may ask for each value to be tried as each of many types, which
 * grows as size times size.
 */
final class Budget {
    private static final int STEPS = 2_000_000;
    private int left = STEPS;

    /** @throws Spent once too much was tried */
    void spend() {
        if (--left < 0) {
            throw new Spent();
        }
    }

    /** Too much was tried. */
    static final class Spent extends RuntimeException {
        private static final long serialVersionUID = 1;

        Spent() {
            super("too many types to try", null, false, false);
        }
    }
}
