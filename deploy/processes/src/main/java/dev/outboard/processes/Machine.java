package dev.outboard.processes;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Locale;

/** Where and when it was measured. */
public final class Machine {
    private Machine() {}

    /** Processor, cores, memory, JDK, date and load, as one line. */
    public static String line() {
        var cores = Runtime.getRuntime().availableProcessors();
        return String.format(Locale.ROOT, "%s, %d core%s, %.0f GiB, JDK %s, %s, load %.1f at the start",
                cpu(),
                cores, cores == 1 ? "" : "s", memory() / (double) (1 << 30), Runtime.version(),
                LocalDate.now(), load());
    }

    /** Others' processes in the last minute, or less than 0 where that cannot be told. */
    public static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    private static String cpu() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    private static long memory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }
}
