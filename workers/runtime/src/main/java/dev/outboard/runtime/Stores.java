package dev.outboard.runtime;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.outboard.runtime.store.FileStore;
import dev.outboard.spi.OutputStore;
import dev.outboard.spi.StoreContext;
import dev.outboard.spi.StoreResult;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;

/** The open output stores of a worker. Safe for many threads. */
public final class Stores implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Stores.class.getName());
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+");
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):.*", Pattern.DOTALL);
    private static final int MAX_URI = 2_048;

    private final SortedMap<String, OutputStore> byScheme = new TreeMap<>();
    private final List<OutputStore> opened = new ArrayList<>();

    private Stores() {}

    /** Where a prefix leads. */
    sealed interface Place {}

    /** A file of an open store. */
    record Target(OutputStore store, String uri) implements Place {
        /** For messages. */
        @Override
        public String toString() {
            return "the output store " + store.name() + " (" + uri + ")";
        }
    }

    /** No store; {@code why} is a clause that says what to do. */
    record Nowhere(String why) implements Place {}

    /** Without any store: large outputs fail their job. */
    public static Stores none() {
        return new Stores();
    }

    /**
     * The file store and every other that the class path names, not yet open.
     *
     * @throws ConnectorsUnusable if one cannot be loaded
     */
    public static List<OutputStore> onClassPath() {
        var found = new ArrayList<OutputStore>();
        found.add(new FileStore());
        try {
            ServiceLoader.load(OutputStore.class).forEach(found::add);
        } catch (ServiceConfigurationError | LinkageError e) {
            throw new ConnectorsUnusable("an output store on the class path cannot be loaded: " + Faults.told(e), e);
        }
        return found;
    }

    /**
     * Opens all of them with their settings, {@code stores.<name>.<setting>}.
     *
     * @param connectors whose worker's settings and secrets they get
     * @throws ConnectorsUnusable if one cannot open, two write to one scheme, or a setting is of none; what was open is
     *     closed again
     */
    public static Stores open(Collection<OutputStore> found, Connectors connectors) {
        var stores = new Stores();
        try {
            found.forEach(store -> stores.open(store, connectors.setup()));
            stores.refuseUnknown(connectors.setup());
        } catch (RuntimeException e) {
            stores.close();
            throw e;
        }
        return stores;
    }

    private void open(OutputStore store, WorkerSetup setup) {
        var name = store.name();
        if (!NAME.matcher(name).matches() || opened.stream().anyMatch(other -> other.name().equals(name))) {
            throw new ConnectorsUnusable(
                    "an output store's name is lower case letters and digits, and its own; `" + name
                            + "` of " + store.getClass().getName() + " is not");
        }
        opened.add(store);
        for (var scheme : store.schemes()) {
            var other = byScheme.putIfAbsent(scheme, store);
            if (other != null) {
                throw new ConnectorsUnusable("the output stores " + other.name() + " and " + name + " both write to "
                        + scheme + ": URIs; install one of them");
            }
        }
        var settings = setup.settingsOfStore(name);
        try {
            within(store, () -> {
                store.open(new StoreContext(settings, setup.secrets(), setup.clock()));
                return true;
            });
        } catch (Throwable e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            // as a connector refuses a setting
            var why = e instanceof IllegalArgumentException && e.getMessage() != null ? e.getMessage() : Faults.told(e);
            throw new ConnectorsUnusable(
                    "the output store " + name + " cannot open: " + setup.secrets().redaction().redact(why));
        }
        if (!settings.isEmpty()) {
            LOG.log(INFO, "output store {0} is open", name);
        }
    }

    private void refuseUnknown(WorkerSetup setup) {
        for (var name : setup.storesNamed()) {
            if (opened.stream().noneMatch(store -> store.name().equals(name))) {
                throw new ConnectorsUnusable(
                        "there is no output store `" + name + "` to have the settings stores." + name
                                + ".*; installed: " + installed());
            }
        }
    }

    private String installed() {
        return String.join(", ", opened.stream().map(OutputStore::name).sorted().toList());
    }

    /** The file of this name under a job's output prefix. */
    Place target(String prefix, String file) {
        var clean = prefix.strip();
        if (clean.isEmpty()) {
            return new Nowhere(
                    "the job has no output_prefix that they could go to; give it one, or return a reference to "
                            + "them instead");
        }
        if (clean.length() > MAX_URI - file.length()) {
            return new Nowhere("its output_prefix has more than " + (MAX_URI - file.length()) + " characters");
        }
        var scheme = SCHEME.matcher(clean);
        if (!scheme.matches() && !clean.startsWith("/")) {
            return new Nowhere("its output_prefix is a relative path; give an absolute one or a URI");
        }
        var name = scheme.matches() ? scheme.group(1).toLowerCase(Locale.ROOT) : "file";
        var store = byScheme.get(name);
        if (store == null) {
            return new Nowhere("no output store here writes to " + name + ": URIs"
                    + (opened.isEmpty() ? "" : "; installed: " + installed()));
        }
        return new Target(store, below(scheme.matches() ? clean : uri(clean), file));
    }

    private static String below(String prefix, String file) {
        return prefix.endsWith("/") ? prefix + file : prefix + "/" + file;
    }

    private static String uri(String path) {
        try {
            return new URI("file", "", path, null).toASCIIString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an absolute path makes a URI", e);
        }
    }

    /** Blocks; as the store's {@link OutputStore#write}, and never null. */
    StoreResult write(Target target, byte[] content) throws Exception {
        return within(target.store(), () -> Objects.requireNonNull(target.store().write(target.uri(), content),
                "its write returned null"));
    }

    /** A client looks services up by its thread's class loader. */
    private static <T> T within(OutputStore store, Callable<T> code) throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(store.getClass().getClassLoader());
        try {
            return code.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** To be called after {@link ConnectorEffects#close}. Never throws. */
    @Override
    public void close() {
        for (var store : opened) {
            try {
                within(store, () -> {
                    store.close();
                    return true;
                });
            } catch (Throwable e) {
                LOG.log(WARNING, "the output store {0} failed to close: {1}", store.name(), Faults.told(e));
            }
        }
    }
}
