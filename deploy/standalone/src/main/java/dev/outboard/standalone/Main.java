package dev.outboard.standalone;

/** Where the JVM starts. */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        LogSetup.install();
        System.exit(Outboard.commandLine().execute(args));
    }
}
