package dev.outboard.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script {@code outboard} in a tree of its own, with a Maven and a JDK that only say what they were asked. */
class LauncherTest {
    @TempDir
    Path tree;
    private Path script;
    private Path source;

    record Run(int exit, String out, String err) {}

    @BeforeEach
    void plant() throws IOException {
        script = tree.resolve("outboard");
        Files.copy(Path.of("../../outboard").toAbsolutePath().normalize(), script, StandardCopyOption.COPY_ATTRIBUTES);
        Files.createFile(tree.resolve("pom.xml"));
        source = tree.resolve("api/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.createFile(source);
        executable("jdk/bin/java", """
                case $* in *Rehearsal) echo "$*" >> %1$s
                    for word in "$@"; do case $word in -XX:AOTCacheOutput=*) : > "${word#*=}" ;; esac; done ;;
                esac
                echo "java $*\"""".formatted(tree.resolve("rehearsals")));
        executable("jdk/bin/javac", "exit 9");
        Files.writeString(tree.resolve("jdk/release"), "JAVA_VERSION=\"25.0.3\"\n");
        executable("bin/mvn", """
                echo "$JAVA_HOME $*" >> builds
                echo '[INFO] Building Outboard Embedded Broker 0.1.0        [2/8]'
                [ ! -f broken ] || { echo '[ERROR] cannot find symbol'; exit 1; }
                mkdir -p deploy/standalone/target/outboard/lib""");
    }

    private void executable(String name, String body) throws IOException {
        var file = tree.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Process start(Path called, String... args) throws IOException {
        var command = new ArrayList<>(List.of(called.toString()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).directory(Path.of("/").toFile());
        builder.environment().put("JAVA_HOME", tree.resolve("jdk").toString());
        builder.environment().put("OUTBOARD_JAVA_OPTS", "-Dmine=1");
        builder.environment().merge("PATH", tree.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        return builder.start();
    }

    private static Run finish(Process process) throws Exception {
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, err);
    }

    private Run run(String... args) throws Exception {
        return finish(start(script, args));
    }

    private int builds() throws IOException {
        return Files.exists(tree.resolve("builds")) ? Files.readAllLines(tree.resolve("builds")).size() : 0;
    }

    private static void touch(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void buildsOnceAndRunsWithTheFlagsOfTheVerb() throws Exception {
        var first = run("get", "j 1");
        assertEquals("first use: building, which takes a minute or two\n  2/8 Outboard Embedded Broker\n", first.err());
        var common = "java --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -XX:+UseCompactObjectHeaders";
        var program = " -Dmine=1 -cp " + tree.toRealPath()
                + "/deploy/standalone/target/outboard/lib/* dev.outboard.standalone.Main ";
        var client = " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:aot=off -Xlog:cds=off -XX:AOTCache="
                + tree.toRealPath() + "/deploy/standalone/target/outboard/client.aot";
        assertEquals(common + client + program + "get j 1\n", first.out());
        assertEquals(common + program + "broker --data run\n", run("broker", "--data", "run").out());
        assertEquals(common + program + "bench --quick\n", run("bench", "--quick").out());
        assertEquals(common + client + program + "--version\n", run("--version").out());
        assertEquals(1, builds());
        assertEquals(tree.resolve("jdk") + " -B -ntp -DskipTests package",
                Files.readString(tree.resolve("builds")).strip());
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        run("--version");
        touch(source);
        var again = run("--version");
        assertEquals("sources have changed: building\n  2/8 Outboard Embedded Broker\n", again.err());
        assertEquals(2, builds());
    }

    @Test
    void doesNotMindWhatIsNoSource() throws Exception {
        run("--version");
        touch(Files.createFile(tree.resolve("README.md")));
        touch(Files.createDirectories(tree.resolve("api/target/x/src/main")));
        assertEquals("", run("--version").err());
    }

    @Test
    void forgetsOldJarsWhenAPomHasChanged() throws Exception {
        run("--version");
        var old = Files.createFile(tree.resolve("deploy/standalone/target/outboard/lib/kafka-4.0.jar"));
        touch(source);
        run("--version");
        assertTrue(Files.exists(old), "a program that runs may still need it");
        touch(tree.resolve("pom.xml"));
        run("--version");
        assertTrue(Files.notExists(old));
    }

    @Test
    void notesOnceWhatTheVerbsLoadAndAgainForOtherJars() throws Exception {
        run("broker");
        assertEquals(0, rehearsals(), "a server has no use for it");
        run("get");
        run("get");
        assertEquals(1, rehearsals());
        touch(Files.createFile(tree.resolve("deploy/standalone/target/outboard/lib/new.jar")));
        run("get");
        assertEquals(2, rehearsals());
        assertEquals(List.of("client.aot"), files("client.aot"), "and nothing else is left");
    }

    @Test
    void startsAllTheSameWhereNothingCouldBeNoted() throws Exception {
        executable("jdk/bin/java", """
                case $* in *Rehearsal) echo tried >> %s; exit 1 ;; esac
                echo ran""".formatted(tree.resolve("rehearsals")));
        assertEquals("ran\n", run("get").out());
        assertEquals(new Run(0, "ran\n", ""), run("get"));
        assertEquals(1, rehearsals(), "nor is it tried each time");
    }

    private List<String> files(String prefix) throws IOException {
        try (var files = Files.list(tree.resolve("deploy/standalone/target/outboard"))) {
            return files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith(prefix)).toList();
        }
    }

    private int rehearsals() throws IOException {
        return Files.exists(tree.resolve("rehearsals"))
                ? Files.readAllLines(tree.resolve("rehearsals")).size()
                : 0;
    }

    @Test
    void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
        Files.createFile(tree.resolve("broken"));
        var failed = run("--version");
        assertEquals(1, failed.exit());
        assertEquals("", failed.out());
        assertTrue(failed.err().contains("[ERROR] cannot find symbol\nerror: the build failed\nnext: "), failed.err());
        Files.delete(tree.resolve("broken"));
        assertEquals(0, run("--version").exit());
    }

    @Test
    void buildsOnceWhenManyStartAtOnce() throws Exception {
        var starts = new ArrayList<Process>();
        for (var i = 0; i < 4; i++) {
            starts.add(start(script, "--version"));
        }
        for (var process : starts) {
            assertEquals(0, finish(process).exit());
        }
        assertEquals(1, builds());
    }

    @Test
    void takesTheLockOfAProcessThatIsGone() throws Exception {
        var gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.createDirectories(tree.resolve("target/outboard"));
        Files.createSymbolicLink(tree.resolve("target/outboard/build.lock"), Path.of(String.valueOf(gone.pid())));
        assertEquals(0, run("--version").exit());
        assertEquals(1, builds());
    }

    @Test
    void worksThroughALink() throws Exception {
        Files.createDirectory(tree.resolve("links"));
        var relative = Files.createSymbolicLink(tree.resolve("links/a"), Path.of("../outboard"));
        var link = Files.createSymbolicLink(tree.resolve("links/b"), relative);
        assertTrue(finish(start(link, "get")).out().contains(tree.toRealPath() + "/deploy/standalone/"));
    }

    @Test
    void passesOverAJavaThatIsTooOld() throws Exception {
        Files.writeString(tree.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
        executable("bin/java", "exit 9");
        executable("home/.jdks/new/bin/java", "echo found");
        executable("home/.jdks/new/bin/javac", "exit 9");
        Files.writeString(tree.resolve("home/.jdks/new/release"), "JAVA_VERSION=\"26\"\n");
        var builder = new ProcessBuilder(script.toString());
        builder.environment().put("JAVA_HOME", tree.resolve("jdk").toString());
        builder.environment().put("HOME", tree.resolve("home").toString());
        builder.environment().merge("PATH", tree.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        assertEquals("found\n", finish(builder.start()).out());
    }
}
