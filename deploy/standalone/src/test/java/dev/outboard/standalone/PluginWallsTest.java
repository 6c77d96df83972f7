package dev.outboard.standalone;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The walls around connectors, those too that ship as plug-ins and so are not on this class path. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PluginWallsTest {
    private static final Path CONNECTORS = Path.of("../../workers/connectors");

    private List<Path> modules;
    private JavaClasses all;

    @BeforeAll
    void look() throws IOException {
        try (var folders = Files.list(CONNECTORS)) {
            modules = folders.filter(folder -> Files.exists(folder.resolve("pom.xml"))).sorted().toList();
        }
        assertFalse(modules.isEmpty());
        all = new ClassFileImporter().importPaths(modules.stream()
                .map(module -> module.resolve("target/classes"))
                .toList());
    }

    @Test
    void everyModuleWasLookedAt() {
        for (var module : modules) {
            var name = module.getFileName().toString();
            assertTrue(all.stream().anyMatch(each -> each.getPackageName().equals("dev.outboard.connectors." + name)),
                    name + " is not built: give outboard-standalone a dependency on it (type pom), and build with -am");
        }
    }

    /** What else of ours it needed would be missing in its plug-in. */
    @Test
    void aConnectorKnowsTheSpiAndItsPlatformAlone() {
        noClasses().that()
                .resideInAPackage("dev.outboard.connectors..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.outboard..").and(resideOutsideOfPackages(
                        "dev.outboard.connectors..", "dev.outboard.spi..", "dev.outboard.support..")))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", "org.apache.kafka..", "io.helidon..")
                .check(all);
    }

    @Test
    void connectorsDoNotKnowEachOther() {
        slices().matching("dev.outboard.connectors.(*)..").should().notDependOnEachOther().check(all);
    }

    @Test
    void everyPackageIsNullMarked() {
        classes().that()
                .resideInAPackage("dev.outboard.connectors..")
                .should(new PackageMarked(NullMarked.class))
                .check(all);
    }
}
