package dev.outboard.standalone;

import dev.outboard.standalone.log.LogSetup;

/** Where the JVM starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        LogSetup.install();
        System.exit(Outboard.commandLine().execute(args));
    }
}
