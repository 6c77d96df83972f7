package dev.outboard.runtime.plugin;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles sources to jars, for plug-ins that no module has. */
public final class Jars {
    private Jars() {}

    /**
     * Makes a jar of classes, in a folder that is made too.
     *
     * @param sources by the name of the class
     * @param services providers' class names by their service's
     * @param needed jars that the sources refer to, beside the class path
     */
    public static Path jar(Path jar, Map<String, String> sources, Map<String, String> services, Path... needed)
            throws IOException {
        Files.createDirectories(jar.getParent());
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var compiled : compiled(sources, needed).entrySet()) {
                out.putNextEntry(new ZipEntry(compiled.getKey().replace('.', '/') + ".class"));
                out.write(compiled.getValue());
            }
            for (var service : services.entrySet()) {
                out.putNextEntry(new ZipEntry("META-INF/services/" + service.getKey()));
                out.write(service.getValue().getBytes());
            }
        }
        return jar;
    }

    private static Map<String, byte[]> compiled(Map<String, String> sources, Path... needed) throws IOException {
        if (sources.isEmpty()) {
            return Map.of();
        }
        var classes = new HashMap<String, InMemory>();
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        var path = new StringBuilder(System.getProperty("java.class.path"));
        for (var jar : needed) {
            path.append(java.io.File.pathSeparatorChar).append(jar);
        }
        try (var files = new ForwardingJavaFileManager<>(compiler.getStandardFileManager(null, null, null)) {
            @Override
            public JavaFileObject getJavaFileForOutput(Location location, String name, JavaFileObject.Kind kind,
                    javax.tools.FileObject sibling) {
                return classes.computeIfAbsent(name, _ -> new InMemory(name, kind, ""));
            }
        }) {
            var units = new ArrayList<JavaFileObject>();
            sources.forEach((name, text) -> units.add(new InMemory(name, JavaFileObject.Kind.SOURCE, text)));
            if (!compiler.getTask(said, files, null, List.of("-cp", path.toString()), null, units).call()) {
                throw new AssertionError(said.toString());
            }
        }
        var bytes = new HashMap<String, byte[]>();
        classes.forEach((name, file) -> bytes.put(name, file.bytes.toByteArray()));
        return bytes;
    }

    private static final class InMemory extends SimpleJavaFileObject {
        final java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        private final String text;

        InMemory(String name, Kind kind, String text) {
            super(URI.create("memory:///" + name.replace('.', '/') + kind.extension), kind);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }

        @Override
        public java.io.OutputStream openOutputStream() {
            return bytes;
        }
    }
}
