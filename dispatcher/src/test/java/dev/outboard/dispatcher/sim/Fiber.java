package dev.outboard.dispatcher.sim;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * A coroutine: runs on its caller's thread until it yields, and is simply dropped when its process dies. The JDK's own
 * {@code jdk.internal.vm.Continuation}, reached by method handles so that only the tests' JVM needs a flag for it.
 */
final class Fiber {
    private static final MethodHandle NEW;
    private static final MethodHandle RUN;
    private static final MethodHandle DONE;
    private static final MethodHandle YIELD;

    static {
        try {
            var lookup = MethodHandles.lookup();
            var type = Class.forName("jdk.internal.vm.Continuation");
            var scopeType = Class.forName("jdk.internal.vm.ContinuationScope");
            var scope = lookup.findConstructor(scopeType, MethodType.methodType(void.class, String.class))
                    .invoke("simulation");
            NEW = lookup.findConstructor(type, MethodType.methodType(void.class, scopeType, Runnable.class))
                    .bindTo(scope)
                    .asType(MethodType.methodType(Object.class, Runnable.class));
            RUN = lookup.findVirtual(type, "run", MethodType.methodType(void.class))
                    .asType(MethodType.methodType(void.class, Object.class));
            DONE = lookup.findVirtual(type, "isDone", MethodType.methodType(boolean.class))
                    .asType(MethodType.methodType(boolean.class, Object.class));
            YIELD = lookup.findStatic(type, "yield", MethodType.methodType(boolean.class, scopeType)).bindTo(scope);
        } catch (Throwable e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Object continuation;
    private Throwable thrown;

    Fiber(Runnable body) {
        try {
            continuation = (Object) NEW.invokeExact((Runnable) () -> {
                try {
                    body.run();
                } catch (Throwable e) {
                    thrown = e;
                }
            });
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** Goes on until the next yield or the end. What the body throws comes out here. */
    void run() {
        try {
            RUN.invokeExact(continuation);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        switch (thrown) {
            case null -> {
            }
            case Error e -> throw e;
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(thrown);
        }
    }

    boolean done() {
        try {
            return (boolean) DONE.invokeExact(continuation);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    /** From inside: gives the thread back to whoever runs this fiber. */
    static void yield() {
        try {
            boolean yielded = (boolean) YIELD.invokeExact();
            if (!yielded) {
                throw new IllegalStateException("a fiber could not yield: something native is on its stack");
            }
        } catch (Error | RuntimeException e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
