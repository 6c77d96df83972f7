package dev.outboard.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;

@AnalyzeClasses(packages = "dev.outboard.standalone", importOptions = ImportOption.DoNotIncludeTests.class)
class WallsTest {

    /** The client verbs work against a server of another version: they share no code with one. */
    @ArchTest
    static void theClientKnowsNothingOfTheServer(JavaClasses classes) {
        noClasses().that()
                .resideInAPackage("..standalone.cli")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..standalone.roles..", "dev.outboard.broker..", "dev.outboard.api..",
                        "dev.outboard.dispatcher..", "dev.outboard.runtime..", "dev.outboard.spi..",
                        "org.apache.kafka..",
                        "io.helidon..")
                .check(classes);
    }

    @ArchTest
    static void roomsHaveNoCycles(JavaClasses classes) {
        slices().matching("dev.outboard.(standalone..)").should().beFreeOfCycles().check(classes);
    }
}
