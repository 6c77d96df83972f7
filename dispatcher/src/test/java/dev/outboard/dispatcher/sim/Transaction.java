package dev.outboard.dispatcher.sim;

import java.util.Map;
import java.util.TreeMap;

/** A transaction, open or on its way to its end: each touched partition and the positions learn of that separately. */
final class Transaction {
    enum Status {
        OPEN, COMMIT, ABORT
    }

    final SimPort producer;
    Status status = Status.OPEN;
    /** Positions that were sent and are pending until their marker lands. */
    Map<Integer, Long> positions = Map.of();
    /** Markers that have not landed, by state partition: true while one is to come. */
    final Map<Integer, Boolean> touched = new TreeMap<>();
    int markersToCome;

    Transaction(SimPort producer) {
        this.producer = producer;
    }

    boolean over() {
        return status != Status.OPEN && markersToCome == 0;
    }
}
