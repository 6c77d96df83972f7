package dev.outboard.standalone;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every promise of docs/guarantees.md has a test that is there and runs. */
class GuaranteesDocTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*)#(\\w+)`");
    private static final Pattern IS_TEST = Pattern.compile("@(?:Test|ParameterizedTest|ArchTest)\\b");
    private static final Pattern IS_OFF = Pattern.compile("@[\\w.]*(?:Disabled|Enabled)");
    private static final String TESTS = "Shown by";

    /** The test sources of all modules, by the name of their class. */
    private static final Map<String, String> SOURCES = new HashMap<>();

    @BeforeAll
    static void read() throws IOException {
        try (var files = Files.walk(ROOT)) {
            for (var file : files.filter(f -> f.toString().replace('\\', '/').contains("/src/test/java/")).toList()) {
                var name = file.getFileName().toString();
                if (name.endsWith(".java")) {
                    SOURCES.merge(name.substring(0, name.length() - 5), Files.readString(file), String::concat);
                }
            }
        }
    }

    @Test
    void everyRowIsShownByTestsThatRun() throws IOException {
        var doc = Files.readString(ROOT.resolve("docs/guarantees.md"));
        assertEquals("", String.join("\n", problems(doc)));
        assertTrue(rows(doc).size() >= 50, "the tables were not found: " + rows(doc).size() + " rows");
    }

    @Test
    void whatIsWrongIsSaid() {
        SOURCES.put("OffTest", """
                class OffTest {
                    @Disabled("later")
                    @Test
                    void off() {}

                    private void helper() {}

                    @Test
                    void on() {}
                }
                """);
        SOURCES.put("AllOffTest", "@Disabled\nclass AllOffTest {\n\n    @Test\n    void on() {}\n}\n");
        var table = "| Who | " + TESTS + " |\n|---|---|\n| x | %s |\n";
        assertEquals(List.of(), problems(table.formatted("`OffTest#on`")));
        assertEquals(List.of("no test in: | x |  |"), problems(table.formatted("")));
        assertEquals(List.of("no test in: | x | OffTest |"), problems(table.formatted("OffTest")));
        assertEquals(List.of("NoTest#on is nowhere"), problems(table.formatted("`OffTest#on`, `NoTest#on`")));
        for (var method : List.of("OffTest#gone", "OffTest#helper", "OffTest#off", "AllOffTest#on")) {
            assertEquals(List.of(method + " is no test that runs"), problems("see `" + method + "`"), method);
        }
    }

    private static List<String> problems(String doc) {
        var problems = new ArrayList<String>();
        for (var row : rows(doc)) {
            if (!NAMED.matcher(row.substring(row.lastIndexOf('|', row.length() - 2))).find()) {
                problems.add("no test in: " + row);
            }
        }
        NAMED.matcher(doc).results().forEach(named -> {
            var source = SOURCES.get(named.group(1));
            if (source == null) {
                problems.add(named.group(1) + "#" + named.group(2) + " is nowhere");
            } else if (!runs(source, named.group(1), named.group(2))) {
                problems.add(named.group(1) + "#" + named.group(2) + " is no test that runs");
            }
        });
        return problems;
    }

    /** The rows of all tables whose last column names tests. */
    private static List<String> rows(String doc) {
        var rows = new ArrayList<String>();
        boolean inTable = false;
        for (var line : doc.lines().toList()) {
            boolean heads = line.endsWith(TESTS + " |");
            inTable = line.startsWith("|") && (inTable || heads);
            if (inTable && !heads && !line.startsWith("|---")) {
                rows.add(line);
            }
        }
        return rows;
    }

    /** By the annotations above the method, from the blank line before it on, and above the class. */
    private static boolean runs(String source, String type, String method) {
        int head = source.indexOf("class " + type);
        if (head < 0 || IS_OFF.matcher(source.substring(0, head)).find()) {
            return false;
        }
        var blocks = source.substring(head).split("\n\\s*\n|\\{\n(?=    @)");
        return Arrays.stream(blocks).anyMatch(block -> {
            var found = Pattern.compile("(?m)^    (?:static )?void " + method + "\\(").matcher(block);
            if (!found.find()) {
                return false;
            }
            var above = block.substring(0, found.start());
            return IS_TEST.matcher(above).find() && !IS_OFF.matcher(above).find();
        });
    }
}
