package dev.outboard.stores.s3;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import dev.outboard.runtime.plugin.PluginFolder;
import dev.outboard.spi.OutputStore;
import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import dev.outboard.testkit.sim.SimClock;
import dev.outboard.testkit.storage.S3Simulator;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The plug-in as it ships: with nothing but its own jars, it writes. */
class S3PluginIT {
    @Test
    void writesWithItsOwnJarsAlone() throws Exception {
        var clock = SimClock.running();
        try (var sim = S3Simulator.start(clock, 0, "b-1");
                var plugin = PluginFolder.open(Path.of("target", "plugin", "store-s3"))) {
            var store = plugin.load(OutputStore.class).getFirst();
            assertNotSame(S3Store.class, store.getClass());
            var thread = Thread.currentThread();
            var before = thread.getContextClassLoader();
            thread.setContextClassLoader(store.getClass().getClassLoader());
            try (store) {
                store.open(
                        new StoreContext(sim.settings(), name -> Optional.ofNullable(sim.secrets().get(name)), clock));
                assertEquals(new StoreResult.Stored(), store.write("s3://b-1/run/outputs.pb", new byte[]{1, 2}));
            } finally {
                thread.setContextClassLoader(before);
            }
            assertArrayEquals(new byte[]{1, 2}, sim.object("b-1", "run/outputs.pb").orElseThrow());
        }
    }
}
