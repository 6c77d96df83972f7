package dev.outboard.standalone.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.client.FakeServer;
import dev.outboard.standalone.Cli;
import dev.outboard.standalone.cli.show.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Profiles, and which server and token a command takes. */
class ConfigTest {
    private static final String JOB = "{\"id\":\"j1\",\"state\":\"RUNNING\"}";

    @TempDir
    Path home;
    private final Map<String, String> environment = new HashMap<>();
    private FakeServer server;
    private FakeServer other;

    @BeforeEach
    void start() throws Exception {
        environment.put("HOME", home.toString());
        server = new FakeServer().then(200, JOB);
        other = new FakeServer().then(200, JOB);
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private Cli run(String... args) {
        return Cli.run(
                new Surroundings(environment, InstantSource.system(), InputStream.nullInputStream(), Terminal.NONE),
                args);
    }

    private String ok(String... args) {
        var cli = run(args);
        assertEquals(0, cli.exit(), cli.err());
        return cli.out();
    }

    @Test
    void profilesAreKeptChosenAndForgotten() throws Exception {
        assertEquals("next: make one with ./outboard config set-profile NAME --server URL",
                run("config", "list").next());
        ok("config", "set-profile", "a", "--server", "http://a.example");
        ok("config", "set-profile", "b", "--server", "https://b.example/x", "--token-file",
                Files.writeString(home.resolve("token"), "secret\n").toString());
        assertEquals("""
                   PROFILE  SERVER               TOKEN FILE
                *  a        http://a.example     -
                   b        https://b.example/x  %s/token
                """.formatted(home), ok("config", "list"));
        ok("config", "use", "b");
        var shown = ok("config", "show");
        assertTrue(shown.contains("server   https://b.example/x\ntoken    set\n"), shown);
        assertFalse(shown.contains("secret"));
        assertTrue(ok("--profile", "a", "config", "show")
                .contains("profile  a\nserver   http://a.example\ntoken    none\n"));
        ok("config", "remove", "b");
        assertTrue(ok("config", "show").contains("profile  -\nserver   http://127.0.0.1:8080\ntoken    none\n"));
        assertTrue(ok("config", "show", "a").contains("server      http://a.example\n"));
        assertEquals("error: there is no profile 'b'; known: a",
                run("config", "use", "b").err().lines().findFirst().orElseThrow());
        for (var bad : new String[][]{{"config", "use", "b"}, {"config", "remove", "b"}, {"config", "show", "b"},
                {"config"},
                {"config", "set-profile", "a/b", "--server", "http://x"},
                {"config", "set-profile", "c", "--server", "x"},
                {"config", "set-profile", "c", "--server", "http://x", "--token-file", "/nowhere/t"},
                {"get", "j1", "--profile", "c"}}) {
            var cli = run(bad);
            assertEquals(2, cli.exit(), cli.err());
            assertTrue(cli.next().startsWith("next: "), cli.err());
        }
    }

    @Test
    void theFileIsItsOwnersAlone() throws Exception {
        ok("config", "set-profile", "a", "--server", "http://a.example");
        var file = home.resolve(".config/outboard/config.json");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        ok("config", "set-profile", "b", "--server", "http://b.example");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        try (var files = Files.list(file.getParent())) {
            assertEquals(1, files.count(), "nothing half-written is left");
        }
        environment.put("XDG_CONFIG_HOME", home.resolve("xdg").toString());
        ok("config", "set-profile", "c", "--server", "http://c.example");
        assertTrue(Files.exists(home.resolve("xdg/outboard/config.json")));
        environment.put("OUTBOARD_CONFIG", home.resolve("mine").toString());
        ok("config", "set-profile", "d", "--server", "http://d.example");
        assertTrue(Files.readString(home.resolve("mine")).contains("http://d.example"));
    }

    @Test
    void aLinkToTheFileStaysOne() throws Exception {
        var real = Files.writeString(home.resolve("real.json"), "{}");
        environment.put("OUTBOARD_CONFIG", Files.createSymbolicLink(home.resolve("link"), real).toString());
        ok("config", "set-profile", "d", "--server", "http://d.example");
        assertTrue(Files.isSymbolicLink(home.resolve("link")));
        assertTrue(Files.readString(real).contains("http://d.example"));
    }

    @Test
    void aBrokenFileIsSaidPlainly() throws Exception {
        for (var text : new String[]{"{", "{\"profiles\":{\"a\":{}}}", "\u0000"}) {
            environment.put("OUTBOARD_CONFIG", Files.writeString(home.resolve("mine"), text).toString());
            var cli = run("get", "j1");
            assertEquals(2, cli.exit());
            assertEquals("next: mend or remove that file, or name another with OUTBOARD_CONFIG", cli.next());
        }
    }

    @Test
    void theServerIsFoundInItsOrder() throws Exception {
        ok("config", "set-profile", "main", "--server", server.url());
        ok("config", "set-profile", "other", "--server", other.url());
        ok("get", "j1");
        assertEquals(1, server.requests.size());
        environment.put("OUTBOARD_PROFILE", "other");
        ok("get", "j1");
        ok("--profile", "main", "get", "j1", "--profile", "other");
        assertEquals(2, other.requests.size());
        environment.put("OUTBOARD_SERVER", server.url());
        ok("get", "j1");
        assertEquals(2, server.requests.size());
        ok("get", "j1", "--server", other.url());
        assertEquals(3, other.requests.size());
        environment.clear();
        for (var bad : new String[]{"localhost:8080", "ftp://x", "http://", "http://a b", "http://x?y",
                "http://me:pw@x"}) {
            assertEquals(2, run("get", "j1", "--server", bad).exit(), bad);
        }
        assertTrue(run("get", "j1", "--patience", "-1").next().startsWith("next: "));
    }

    @Test
    void aProfilesTokenIsForItsServerAlone() throws Exception {
        var token = Files.writeString(home.resolve("token"), "secret\n").toString();
        ok("config", "set-profile", "main", "--server", server.url(), "--token-file", token);
        ok("get", "j1");
        assertEquals("Bearer secret", server.requests.getLast().header("Authorization"));
        ok("get", "j1", "--profile", "main", "--server", other.url());
        assertNull(other.requests.getLast().header("Authorization"));
        environment.put("OUTBOARD_TOKEN", "mine");
        ok("get", "j1", "--server", other.url());
        assertEquals("Bearer mine", other.requests.getLast().header("Authorization"));
        ok("get", "j1");
        assertEquals("Bearer mine", server.requests.getLast().header("Authorization"));
    }

    @Test
    void aBadTokenIsRefusedAndNotSaid() throws Exception {
        environment.put("OUTBOARD_TOKEN", "two words");
        var cli = run("get", "j1", "--server", server.url());
        assertEquals("error: what is in OUTBOARD_TOKEN is no bearer token\n"
                + "next: put one there, visible ASCII on one line\n", cli.err());
        assertEquals(2, cli.exit());
    }

    @Test
    void whoIsNotAuthorizedExitsWith4() {
        server.close();
        other.close();
        for (var status : new int[]{401, 403}) {
            try (var closed = new FakeServer().then(status, "{\"code\":\"unauthorized\",\"detail\":\"who?\"}")) {
                assertEquals(4, run("get", "j1", "--server", closed.url()).exit());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
