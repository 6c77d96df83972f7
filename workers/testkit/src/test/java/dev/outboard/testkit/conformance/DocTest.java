package dev.outboard.testkit.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.outboard.spi.Connector;
import java.io.ByteArrayInputStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/connectors/write-a-connector.md is true: its files compile, and pass the suite that they are said to pass. */
class DocTest {
    private static final Path DOC = Path.of("../../docs/connectors/write-a-connector.md");
    /** A line that begins with a file's path in backquotes, then its text. */
    private static final Pattern FILE = Pattern.compile(
            "(?m)^`((?:src|workers)/[\\w./-]+)`.*\\n\\n```\\w+\\n((?s:.*?))\\n```$");
    private static final String CONNECTOR = "src/main/java/com/example/jobs/JobsConnector.java";
    private static final String TEST = "src/test/java/com/example/jobs/JobsConformanceTest.java";

    @TempDir
    Path folder;

    private static Map<String, String> files() throws Exception {
        var files = new LinkedHashMap<String, String>();
        FILE.matcher(Files.readString(DOC)).results().forEach(file -> files.put(file.group(1), file.group(2)));
        return files;
    }

    /** The classes as they are built from these texts, found before all others. */
    private URLClassLoader built(Map<String, String> files) throws Exception {
        var classes = Files.createDirectories(folder.resolve("classes"));
        for (var file : files.entrySet()) {
            var path = file.getKey().startsWith("src/main/resources/")
                    ? classes.resolve(file.getKey().substring("src/main/resources/".length()))
                    : folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue() + "\n");
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("--release", "25", "-proc:none", "-d", classes.toString(), "-classpath",
                    System.getProperty("java.class.path"));
            var sources = manager.getJavaFileObjects(folder.resolve(CONNECTOR), folder.resolve(TEST));
            assertTrue(compiler.getTask(said, manager, null, options, null, sources).call(), said::toString);
        }
        assertEquals("", said.toString(), "warnings");
        return new URLClassLoader(new URL[]{classes.toUri().toURL()}, DocTest.class.getClassLoader());
    }

    private static SortedSet<String> failures(URLClassLoader loader) throws Exception {
        var run = SuiteRun.of(loader.loadClass("com.example.jobs.JobsConformanceTest"));
        assertTrue(run.passed().size() + run.failed().size() > 45, run.toString());
        return run.failed();
    }

    @Test
    void connectorPassesTheSuite() throws Exception {
        try (var loader = built(files())) {
            assertEquals(new TreeSet<>(), failures(loader));
            var found = ServiceLoader.load(Connector.class, loader).stream().toList();
            assertEquals(1, found.size());
            assertInstanceOf(loader.loadClass("com.example.jobs.JobsConnector"), found.getFirst().get());
        }
    }

    @Test
    void withoutItsKeyItFails() throws Exception {
        var files = files();
        files.computeIfPresent(CONNECTOR, (_, text) -> text.replace("\"id\", request.key(), ", ""));
        try (var loader = built(files)) {
            var failures = failures(loader);
            assertTrue(
                    failures.containsAll(List.of("the guarantee that is declared", "create twice with the same key")),
                    failures.toString());
        }
    }

    @Test
    void moduleIsOneOfThese() throws Exception {
        var files = files();
        assertEquals(4, files.size(), files.keySet().toString());
        var text = files.get("workers/connectors/jobs/pom.xml");
        var builder = DocumentBuilderFactory.newInstance().newDocumentBuilder();
        var ours = builder.parse(Path.of("pom.xml").toFile()).getElementsByTagName("parent").item(0);
        var parent = builder
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getElementsByTagName("parent")
                .item(0);
        assertEquals(ours.getTextContent().replace("../../pom.xml", "../../../pom.xml"), parent.getTextContent());
    }
}
