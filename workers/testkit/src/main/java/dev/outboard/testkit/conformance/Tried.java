package dev.outboard.testkit.conformance;

import java.util.concurrent.Callable;

/** What came of a call. */
sealed interface Tried<T> {
    record Told<T>(T result) implements Tried<T> {}

    record Threw<T>(Exception why) implements Tried<T> {}

    /** Errors pass: they are the suite's own, or a connector's that no worker should meet. */
    static <T> Tried<T> of(Callable<T> call) {
        try {
            return new Told<>(call.call());
        } catch (Exception e) {
            return new Threw<>(e);
        }
    }
}
