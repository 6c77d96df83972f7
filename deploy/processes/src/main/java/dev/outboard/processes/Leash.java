package dev.outboard.processes;

import java.io.IOException;
import java.util.Arrays;

/** Runs another program's main, and ends with the parent: no child outlives a parent that was killed. */
public final class Leash {
    private Leash() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Thread.ofPlatform().daemon().name("leash").start(Leash::endWithParent);
        run(args);
    }

    /**
     * Becomes another program.
     *
     * @param args its main class, then its arguments
     */
    public static void run(String[] args) throws ReflectiveOperationException {
        var main = Class.forName(args[0]).getMethod("main", String[].class);
        // a main class need not be public
        main.setAccessible(true);
        main.invoke(null, (Object) Arrays.copyOfRange(args, 1, args.length));
    }

    private static void endWithParent() {
        try {
            while (System.in.read() >= 0) {
                // whatever is sent means only that the parent lives
            }
        } catch (IOException _) {
            // a broken pipe is an end of input too
        }
        // all it holds is temporary
        Runtime.getRuntime().halt(0);
    }
}
