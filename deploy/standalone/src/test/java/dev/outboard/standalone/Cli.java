package dev.outboard.standalone;

import java.io.PrintWriter;
import java.io.StringWriter;

/** One run of the command line within the test's JVM: what it printed and its exit code. */
public record Cli(int exit, String out, String err) {

    public static Cli run(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Outboard.commandLine(new PrintWriter(out), new PrintWriter(err)).execute(args);
        return new Cli(exit, out.toString(), err.toString());
    }

    /** The last line on standard error. */
    public String next() {
        return err.lines().reduce("", (_, line) -> line);
    }
}
