package dev.outboard.standalone.roles;

import dev.outboard.standalone.log.JsonLines;
import dev.outboard.standalone.log.LogFormat;
import dev.outboard.standalone.log.LogSetup;
import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a server-side role logs. */
final class LogOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec role;

    /** Fields are set by picocli. */
    @SuppressWarnings("NullAway.Init")
    LogOptions() {}

    /** Called by picocli while it reads the command line, before the role does anything. */
    @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = "${env:OUTBOARD_LOG_FORMAT:-text}", description = "On standard error: text, or json with one object a line (default: text; env: OUTBOARD_LOG_FORMAT).")
    void format(LogFormat format) {
        if (format == LogFormat.JSON) {
            LogSetup.useJson();
            var line = role.commandLine();
            line.setErr(new PrintWriter(new JsonLines(line.getErr()), true));
        }
    }
}
