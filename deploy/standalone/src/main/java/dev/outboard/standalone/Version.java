package dev.outboard.standalone;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar's manifest. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(),
                "(not packaged)");
        return new String[]{"outboard " + version + " on Java " + Runtime.version()};
    }
}
