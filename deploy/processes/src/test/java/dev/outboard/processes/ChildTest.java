package dev.outboard.processes;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class ChildTest {
    /** Says good-bye if it is let. */
    static final class Polite {
        private Polite() {}

        public static void main(String[] args) throws InterruptedException {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("good-bye")));
            System.out.println("hello");
            Thread.sleep(60_000);
        }
    }

    @Test
    void whoIsAskedToEndMaySayGoodBye() throws Exception {
        try (var processes = new Processes("test")) {
            var child = processes.start("polite", "", Polite.class.getName());
            child.said("(hello)");
            child.stop();
            assertTrue(Files.readString(child.output()).contains("good-bye"));
        }
    }

    @Test
    void whoIsKilledMayNot() throws Exception {
        try (var processes = new Processes("test")) {
            var child = processes.start("polite", "", Polite.class.getName());
            child.said("(hello)");
            child.close();
            assertFalse(Files.readString(child.output()).contains("good-bye"));
        }
    }
}
