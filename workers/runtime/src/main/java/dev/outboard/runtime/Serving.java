package dev.outboard.runtime;

import dev.outboard.dispatcher.job.Handle;
import dev.outboard.dispatcher.job.Policy;
import dev.outboard.dispatcher.lane.ServedType;
import dev.outboard.spi.Connector;
import dev.outboard.spi.ConnectorInfo;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A connector and what it said of itself, once. Equal only to itself. */
final class Serving {
    private final Connector connector;
    private final ConnectorInfo info;

    private Serving(Connector connector, ConnectorInfo info) {
        this.connector = connector;
        this.info = info;
    }

    /** @throws ConnectorsUnusable if the connector cannot say what it is */
    static Serving of(Connector connector) {
        @Nullable
        ConnectorInfo info;
        try {
            info = within(connector, connector::info);
        } catch (Throwable e) {
            throw new ConnectorsUnusable(connector.getClass().getName() + " cannot say what it is: " + Faults.told(e),
                    e);
        }
        if (info == null) {
            throw new ConnectorsUnusable(connector.getClass().getName() + " cannot say what it is: its info is null");
        }
        return new Serving(connector, info);
    }

    Connector connector() {
        return connector;
    }

    ConnectorInfo info() {
        return info;
    }

    Set<String> taskTypes() {
        return info.taskTypes().keySet();
    }

    /** Its name in lower case, with {@code -} for all but letters, digits and {@code . _}: for settings and folders. */
    String slug() {
        return info.name().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._]+", "-").replaceAll("^\\.+", "-");
    }

    /** Whether this version of this connector made the handle. */
    boolean made(Handle handle) {
        return handle.connector().equals(info.name()) && handle.connectorVersion().equals(info.version());
    }

    /** For messages. */
    @Override
    public String toString() {
        return info.name() + " " + info.version();
    }

    /** The same and where it was found, for whoever is to take it away. */
    String withOrigin() {
        return this + (isPlugin()
                ? " (plug-in " + connector.getClass().getClassLoader().getName() + ")"
                : " (class path)");
    }

    /** True if it does not come from the class path. */
    boolean isPlugin() {
        return connector.getClass().getClassLoader() != Serving.class.getClassLoader();
    }

    /** @throws ConnectorsUnusable if the core can offer no policy for what the connector promises */
    ServedType served(String taskType, Duration window) {
        var guarantee = switch (info.guarantee()) {
            case TOKEN -> Policy.Guarantee.TOKEN;
            case ADOPT -> Policy.Guarantee.ADOPT;
            case SEARCH -> Policy.Guarantee.SEARCH;
            case NONE -> Policy.Guarantee.NONE;
        };
        Policy policy;
        try {
            policy = new Policy(guarantee, info.diesWithWorker(), info.callDeadline(), window);
        } catch (IllegalArgumentException e) {
            throw new ConnectorsUnusable("the connector " + this + " cannot be relied on: " + e.getMessage(), e);
        }
        return new ServedType(taskType, new TreeSet<>(info.taskTypes().getOrDefault(taskType, Set.of())), info.name(),
                info.version(), policy, info.maxJobs());
    }

    /** Runs connector code with its own class loader as the thread's: vendors' clients look services up by it. */
    <T> T within(Callable<T> code) throws Exception {
        return within(connector, code);
    }

    private static <T> T within(Connector connector, Callable<T> code) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(connector.getClass().getClassLoader());
        try {
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
