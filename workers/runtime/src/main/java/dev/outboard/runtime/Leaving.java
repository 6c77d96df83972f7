package dev.outboard.runtime;

import static java.lang.System.Logger.Level.INFO;

import dev.outboard.dispatcher.job.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * The plug-ins that are out of service and still have something to do: calls under way, or jobs that they made and that
 * live here. Each is closed when it has nothing more. One thread; the count any.
 */
final class Leaving {
    private static final System.Logger LOG = System.getLogger(Leaving.class.getName());
    /** An outcome may be on its way from the call to the lane, which then has a job more. */
    private static final int SURE = 2;

    private static final class Leaver {
        final Plugin plugin;
        final List<Serving> open;
        int quiet;

        Leaver(Plugin plugin, List<Serving> open) {
            this.plugin = plugin;
            this.open = open;
        }
    }

    private final Connectors connectors;
    private final ConnectorEffects effects;
    private final Lanes lanes;
    private final List<Leaver> leavers = new ArrayList<>();
    private volatile int size;

    Leaving(Connectors connectors, ConnectorEffects effects, Lanes lanes) {
        this.connectors = connectors;
        this.effects = effects;
        this.lanes = lanes;
    }

    /** @param open those of its connectors that are */
    void add(Plugin plugin, List<Serving> open) {
        leavers.add(new Leaver(plugin, open));
        size = leavers.size();
    }

    /** Closes what has nothing more to do. */
    void look() {
        for (var leaver : List.copyOf(leavers)) {
            if (leaver.open.stream().anyMatch(this::isBusy)) {
                leaver.quiet = 0;
            } else if (++leaver.quiet == SURE) {
                leaver.open.forEach(effects::forget);
            } else if (leaver.quiet > SURE) {
                leavers.remove(leaver);
                end(leaver);
                size = leavers.size();
            }
        }
    }

    private boolean isBusy(Serving serving) {
        if (serving.taskTypes().stream().anyMatch(type -> hasJobs(serving, type))) {
            return true;
        }
        var calls = effects.calls(serving);
        // what only waits is none of its jobs', and is asked of the newest then
        calls.forEach(Flight::standDown);
        return !calls.isEmpty();
    }

    private boolean hasJobs(Serving serving, String taskType) {
        var newest = connectors.serving(taskType);
        return newest != null && lanes.any(taskType, job -> made(serving, job) && !made(newest, job));
    }

    private static boolean made(Serving serving, Job job) {
        var handle = job.attempt().handle();
        return handle != null && serving.made(handle);
    }

    private void end(Leaver leaver) {
        connectors.end(leaver.open);
        leaver.plugin.unload();
        LOG.log(INFO, "plug-in {0} is closed: nothing of {1} is left to do", leaver.plugin.name(),
                leaver.plugin.servings());
    }

    int size() {
        return size;
    }

    void end() {
        List.copyOf(leavers).forEach(leaver -> {
            connectors.end(leaver.open);
            leaver.plugin.unload();
        });
        leavers.clear();
        size = 0;
    }
}
