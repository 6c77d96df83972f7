package dev.outboard.runtime.plugin;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.Set;

/**
 * The classes of one plug-in: its own jars', the JDK's, and those few of the worker's that both must mean the same by.
 * Nothing else of the worker's class path is seen, nor any resource of it, so services are its own jars' alone.
 */
final class PluginLoader extends URLClassLoader {
    /** Not the packages of slf4j's providers and bridges: what a plug-in brings of those stays its own. */
    private static final Set<String> SHARED = Set.of("dev.outboard.spi", "org.jspecify.annotations", "org.slf4j",
            "org.slf4j.event", "org.slf4j.helpers", "org.slf4j.spi");
    private static final String SPI_ROOM = "dev.outboard.spi.";

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader worker = PluginLoader.class.getClassLoader();

    PluginLoader(String name, URL[] jars) {
        // the platform's loader and not the worker's: what is not in the jars is not found at all
        super(name, jars, getPlatformClassLoader());
    }

    /** Whether worker and plug-ins have this class in common. */
    static boolean shares(String className) {
        int dot = className.lastIndexOf('.');
        return dot > 0 && (SHARED.contains(className.substring(0, dot)) || className.startsWith(SPI_ROOM));
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        return shares(name) ? worker.loadClass(name) : super.loadClass(name, resolve);
    }
}
