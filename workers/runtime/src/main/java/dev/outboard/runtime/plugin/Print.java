package dev.outboard.runtime.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a plug-in's folder holds, as far as is seen without reading the jars: two that are equal are the same plug-in. */
public record Print(List<Jar> jars) {
    /** One jar: its name, size in bytes, and when it was last written. */
    record Jar(String name, long size, FileTime changed) {}

    public Print {
        jars = List.copyOf(jars);
    }

    /**
     * The plug-ins in all of these folders, by their own folder; one without a jar is none (yet).
     *
     * @throws IOException if one of them cannot be listed: then nothing can be said of any
     */
    public static Map<Path, Print> of(List<Path> plugins) throws IOException {
        var prints = new TreeMap<Path, Print>();
        for (var folders : plugins) {
            for (var folder : PluginFolder.in(folders)) {
                var print = of(folder);
                if (!print.jars().isEmpty()) {
                    prints.put(folder, print);
                }
            }
        }
        return prints;
    }

    private static Print of(Path folder) throws IOException {
        var jars = new ArrayList<Jar>();
        try {
            for (var jar : PluginFolder.jars(folder)) {
                jars.add(new Jar(jar.getFileName().toString(), Files.size(jar), Files.getLastModifiedTime(jar)));
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            // taken away while we looked: the next look tells
        }
        return new Print(jars);
    }
}
