package dev.outboard.runtime;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.runtime.plugin.PluginUnusable;
import dev.outboard.runtime.plugin.Print;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Looks at the folders of plug-ins every so often. A change is taken up once two looks have found the same, so that a
 * folder that is being copied is left in peace; one that is taken away and put back between them has only changed.
 */
final class PluginWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PluginWatch.class.getName());

    private final List<Path> folders;
    private final PluginChanges changes;
    private final Function<Path, Plugin> load;
    private final Thread thread = Thread.ofPlatform().daemon().name("plugins").unstarted(this::run);
    /** What the last look saw, and what was last acted upon. */
    private Map<Path, Print> seen;
    private final Map<Path, Print> taken;
    private Duration every = Duration.ZERO;
    private boolean blind;
    private final CountDownLatch closing = new CountDownLatch(1);
    /** What could not be used, and may be now. */
    private final Set<Path> again = new HashSet<>();

    /** @param taken what was loaded, or tried to be, when the worker started */
    PluginWatch(List<Path> folders, Map<Path, Print> taken, PluginChanges changes, Function<Path, Plugin> load) {
        this.folders = folders;
        this.changes = changes;
        this.load = load;
        seen = taken;
        this.taken = new HashMap<>(taken);
    }

    /** Looks from now on, until it is closed. */
    void start(Duration pause) {
        every = pause;
        thread.start();
    }

    private void run() {
        try {
            while (!closing.await(every.toMillis(), TimeUnit.MILLISECONDS)) {
                try {
                    look();
                } catch (RuntimeException | LinkageError e) {
                    LOG.log(ERROR, "a look at the plug-ins failed, the next one follows in " + every, e);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One look, for tests by any thread if it was not started. */
    void look() {
        Map<Path, Print> now;
        try {
            now = Print.of(folders);
            blind = false;
        } catch (IOException e) {
            // a mount that is away for a while has not lost its plug-ins
            if (!blind) {
                LOG.log(WARNING, "the folder of plug-ins cannot be read, what is loaded stays: {0}", e.toString());
            }
            blind = true;
            changes.goOn();
            return;
        }
        var last = seen;
        seen = now;
        var paths = new TreeSet<>(now.keySet());
        paths.addAll(taken.keySet());
        paths.removeIf(path -> !Objects.equals(now.get(path), last.get(path))
                || Objects.equals(now.get(path), taken.get(path)) && !again.contains(path));
        again.removeAll(paths);
        // what goes makes room for what comes
        paths.stream().filter(path -> !now.containsKey(path)).toList().forEach(path -> {
            taken.remove(path);
            changes.remove(path);
            again.addAll(changes.broken());
        });
        for (var path : paths) {
            var print = now.get(path);
            if (print != null && closing.getCount() > 0) {
                taken.put(path, print);
                take(path);
            }
        }
        changes.goOn();
    }

    private void take(Path path) {
        try {
            changes.take(path, load.apply(path));
        } catch (PluginUnusable | ConnectorsUnusable e) {
            changes.broken(path, String.valueOf(e.getMessage()));
            return;
        }
        // what was in the way may have gone
        again.addAll(changes.broken());
    }

    /** Waits for a change under way. */
    @Override
    public void close() {
        closing.countDown();
        if (!thread.isAlive()) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
