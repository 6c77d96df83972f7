package dev.outboard.runtime;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.function.Supplier;

/** How many plug-ins a worker has, by how they are. */
final class PluginMeters {
    private PluginMeters() {}

    static void register(PluginChanges changes, MeterRegistry registry) {
        gauge("loaded", changes::loadedCount, registry);
        gauge("leaving", changes::leavingCount, registry);
        gauge("broken", changes::brokenCount, registry);
    }

    private static void gauge(String status, Supplier<Number> count, MeterRegistry registry) {
        Gauge.builder("outboard.plugins", count)
                .description("Plug-ins, by whether they serve, are on their way out, or cannot be used")
                .tags("status", status)
                .register(registry);
    }
}
