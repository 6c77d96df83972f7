package dev.outboard.runtime.plugin;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.zip.ZipFile;

/**
 * One plug-in: the jars in a folder, with a class loader of their own that finds its classes in them first. It shares with
 * the worker the JDK, {@code dev.outboard.spi} and what is below it, slf4j's API and JSpecify's annotations. Any thread.
 */
public final class PluginFolder implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PluginFolder.class.getName());
    private static final String JAR = ".jar";

    private final String name;
    private final PluginLoader loader;
    private final Runnable closed;

    private PluginFolder(String name, PluginLoader loader, Runnable closed) {
        this.name = name;
        this.loader = loader;
        this.closed = closed;
    }

    /**
     * Loads the plug-in in this folder; its jars must stay as they are until it is closed.
     *
     * @throws PluginUnusable if there is no jar in it, or one that cannot be read
     */
    public static PluginFolder open(Path folder) {
        return open(folder, () -> {
        });
    }

    /** The same from a copy, which is removed once it is closed: the folder may change as it likes. */
    public static PluginFolder open(Path folder, Copies copies) {
        Path copy;
        try {
            copy = copies.of(folder, jars(folder));
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
        try {
            return open(copy, () -> copies.forget(copy));
        } catch (PluginUnusable e) {
            copies.forget(copy);
            throw e;
        }
    }

    private static PluginFolder open(Path folder, Runnable closed) {
        var name = String.valueOf(folder.getFileName());
        try {
            var jars = jars(folder);
            if (jars.isEmpty()) {
                throw new PluginUnusable("the plug-in " + name + " has no jar");
            }
            for (var jar : jars) {
                readable(name, jar);
            }
            return new PluginFolder(name, new PluginLoader(name, urls(jars)), closed);
        } catch (IOException e) {
            throw unreadable(folder, e);
        }
    }

    private static PluginUnusable unreadable(Path folder, IOException e) {
        return new PluginUnusable("the plug-in " + folder.getFileName() + " cannot be read: " + e, e);
    }

    /**
     * The folders in this one that may hold plug-ins, in order of their names; those whose name begins with a dot are none.
     *
     * @throws IOException if it cannot be listed
     */
    public static List<Path> in(Path plugins) throws IOException {
        try (var folders = Files.list(plugins)) {
            return folders.filter(folder -> !folder.getFileName().toString().startsWith("."))
                    .filter(Files::isDirectory)
                    .sorted()
                    .toList();
        }
    }

    /** The jars of a plug-in, in order of their names. */
    static List<Path> jars(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(JAR)).filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** The list of what is in a jar stands at its end: one that is not all there has none. */
    private static void readable(String name, Path jar) {
        try {
            new ZipFile(jar.toFile()).close();
        } catch (IOException e) {
            throw new PluginUnusable("the plug-in " + name + " cannot be read: " + jar.getFileName()
                    + " is no jar, or only a part of one", e);
        }
    }

    private static URL[] urls(List<Path> jars) throws MalformedURLException {
        var urls = new URL[jars.size()];
        for (int i = 0; i < urls.length; i++) {
            urls[i] = jars.get(i).toUri().toURL();
        }
        return urls;
    }

    /** The folder's name. */
    public String name() {
        return name;
    }

    /**
     * One instance of each provider that the plug-in's own jars name for this service, in {@code META-INF/services}; may
     * be empty. Each call makes new ones.
     *
     * @param service an interface of {@code dev.outboard.spi} or below it
     * @throws PluginUnusable if one cannot be loaded
     */
    public <T> List<T> load(Class<T> service) {
        if (!PluginLoader.shares(service.getName())) {
            throw new IllegalArgumentException(service + " is not shared with plug-ins, so none can provide it");
        }
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return ServiceLoader.load(service, loader).stream().map(ServiceLoader.Provider::get).toList();
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new PluginUnusable("the plug-in " + name + " cannot be loaded: " + told(e), e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** What the innermost cause says tells most. */
    private static String told(Throwable e) {
        var inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return e.getMessage() + (inner == e ? "" : ": " + inner);
    }

    /** Whether this object's class is one of its own. */
    public boolean has(Object service) {
        return service.getClass().getClassLoader() == loader;
    }

    /** Lets go of the jars; what of it still runs finds no more classes. Never throws. */
    @Override
    public void close() {
        try {
            loader.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "the jars of the plug-in " + name + " cannot be closed", e);
        }
        closed.run();
    }
}
