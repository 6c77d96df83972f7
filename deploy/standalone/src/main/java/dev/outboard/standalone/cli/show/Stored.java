package dev.outboard.standalone.cli.show;

import dev.outboard.client.Job;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Outputs that lie in a file. */
public final class Stored {
    private static final String[] UNITS = {"kB", "MB", "GB", "TB"};

    private Stored() {}

    /** One line: where they are, and how large; null where there is no such file. */
    public static @Nullable String outputs(Job job) {
        var stored = job.storedOutputs();
        return stored == null ? null : Text.oneLine(stored.uri()) + "  (" + size(stored.bytes()) + ")";
    }

    static String size(long bytes) {
        if (bytes < 1000) {
            return bytes + " bytes";
        }
        double size = bytes;
        int unit = -1;
        while (size >= 999.95 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
