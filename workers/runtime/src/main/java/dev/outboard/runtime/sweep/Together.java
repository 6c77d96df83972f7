package dev.outboard.runtime.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/** Asks about many things at a time, sixteen at most: a platform's answer times must not add up. */
final class Together {
    private static final int AT_A_TIME = 16;

    private Together() {}

    interface Ask<A, R> {
        R about(A one) throws InterruptedException;
    }

    /** The answers, in the order of the questions. */
    static <A, R> List<R> ask(List<A> all, Ask<A, R> ask) throws InterruptedException {
        var tasks = all.stream().<Callable<R>>map(one -> () -> ask.about(one)).toList();
        var answers = new ArrayList<R>();
        try (var pool = Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().name("sweep-", 1).factory())) {
            for (var answer : pool.invokeAll(tasks)) {
                answers.add(answer.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a sweep's question failed: " + e.getCause(), e);
        }
        return answers;
    }
}
