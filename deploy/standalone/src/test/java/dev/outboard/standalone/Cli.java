package dev.outboard.standalone;

import dev.outboard.standalone.cli.Surroundings;
import dev.outboard.standalone.cli.show.Terminal;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Map;

/** One run of the command line within the test's JVM: what it printed and its exit code. */
public record Cli(int exit, String out, String err) {

    /** At home nowhere: what is set around the tests does not count. */
    public static final Surroundings NOWHERE = new Surroundings(Map.of("XDG_CONFIG_HOME", "/nowhere"),
            InstantSource.system(), InputStream.nullInputStream(), Terminal.NONE);

    public static Cli run(String... args) {
        return run(NOWHERE, args);
    }

    public static Cli run(Surroundings surroundings, String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        var exit = Outboard.commandLine(new PrintWriter(out), new PrintWriter(err), surroundings).execute(args);
        return new Cli(exit, out.toString(), err.toString());
    }

    /** The last line on standard error. */
    public String next() {
        return err.lines().reduce("", (_, line) -> line);
    }
}
