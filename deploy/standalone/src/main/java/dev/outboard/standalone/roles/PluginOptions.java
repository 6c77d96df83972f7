package dev.outboard.standalone.roles;

import dev.outboard.standalone.exit.ExitCode;
import dev.outboard.standalone.exit.Failure;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where plug-ins are; the same for every role that has connectors. */
final class PluginOptions {
    @Option(names = "--plugins", paramLabel = "DIR", split = ",", description = "Folders with a folder of jars per plug-in; repeatable (default: the one that Outboard ships with).")
    private @Nullable List<Path> folders;

    /** Those that were named, which must be there, or the one that ships, if it is there. */
    List<Path> folders() {
        var named = folders;
        if (named == null) {
            return shipped();
        }
        for (var folder : named) {
            if (!Files.isDirectory(folder)) {
                throw new Failure(ExitCode.USAGE, "there is no folder " + folder + " to load plug-ins from",
                        "make it, or mend --plugins");
            }
        }
        return named.stream().map(folder -> folder.toAbsolutePath().normalize()).distinct().toList();
    }

    private static List<Path> shipped() {
        var home = home();
        var folder = home == null ? null : home.resolve("plugins");
        return folder != null && Files.isDirectory(folder) ? List.of(folder) : List.of();
    }

    /** The folder that has {@code lib}, with the jar of this class, and {@code plugins}; null where there is no such jar. */
    private static @Nullable Path home() {
        var told = System.getProperty("outboard.home");
        if (told != null) {
            return Path.of(told);
        }
        try {
            var code = Path.of(PluginOptions.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            var lib = code.getParent();
            return lib != null && lib.endsWith("lib") ? lib.getParent() : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
