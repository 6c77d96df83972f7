package dev.outboard.standalone.roles;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.function.Supplier;
import jdk.management.VirtualThreadSchedulerMXBean;

/** What a process measures: one registry, which every part that it is made of gets, with the JVM's own meters in it. */
final class Metrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        collections.bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        var scheduler = ManagementFactory.getPlatformMXBean(VirtualThreadSchedulerMXBean.class);
        virtual("mounted", "Virtual threads that run on a carrier now", scheduler::getMountedVirtualThreadCount);
        virtual("queued", "Virtual threads that could run and wait for a carrier",
                scheduler::getQueuedVirtualThreadCount);
        virtual("carriers", "Platform threads that carry virtual threads", scheduler::getPoolSize);
        Gauge.builder("outboard.build.info", () -> 1)
                .description("1, with the version that runs")
                .tag("version", Objects.requireNonNullElse(Metrics.class.getPackage().getImplementationVersion(),
                        "unpackaged"))
                .register(registry);
    }

    private void virtual(String what, String description, Supplier<Number> count) {
        Gauge.builder("jvm.threads.virtual." + what, count).description(description).register(registry);
    }

    PrometheusMeterRegistry registry() {
        return registry;
    }

    /** To be called after all that measure. */
    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
