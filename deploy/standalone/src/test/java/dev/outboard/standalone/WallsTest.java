package dev.outboard.standalone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Random;
import org.jspecify.annotations.NullMarked;

/** The walls between the rooms, over every class that ships. */
@AnalyzeClasses(packages = "dev.outboard", importOptions = {ImportOption.DoNotIncludeTests.class,
        WallsTest.NoTestJars.class})
class WallsTest {
    /** What modules lend each other for tests does not ship. */
    static final class NoTestJars implements ImportOption {
        @Override
        public boolean includes(Location location) {
            return !location.contains("-tests.jar!");
        }
    }

    private static final String GENERATED_WIRE = "dev.outboard.dispatcher.wire.proto..";
    private static final String FLYTE = "dev.outboard.flyteidl..";

    @ArchTest
    static void theCoreIsPure(JavaClasses classes) {
        classes().that()
                .resideInAPackage("dev.outboard.dispatcher.job")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.outboard.dispatcher.job", "java.lang..",
                        "java.util", "java.util.function", "java.util.stream", "java.util.random", "java.time..",
                        "java.nio", "java.nio.charset", "java.security", "org.jspecify..")
                .check(classes);
    }

    @ArchTest
    static void theCoreHasNoClockAndNoChance(JavaClasses classes) {
        noClasses().that()
                .resideInAPackage("dev.outboard.dispatcher.job")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(InstantSource.class)
                .orShould()
                .dependOnClassesThat()
                .belongToAnyOf(Random.class, SecureRandom.class, Thread.class)
                .check(classes);
    }

    /** Time comes from the clock that a lane is given, so that a simulation can be in charge of it. */
    @ArchTest
    static void theLaneAsksOnlyTheClockItWasGiven(JavaClasses classes) {
        noClasses().that()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.Lane")
                .or()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.RowFold")
                .or()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.Load")
                .or()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.Turn")
                .or()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.Restore")
                .or()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.CommandFold")
                .or()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.Expiry")
                .or()
                .haveFullyQualifiedName("dev.outboard.dispatcher.lane.Caller")
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.kafka..")
                .check(classes);
    }

    @ArchTest
    static void kafkaIsKnownToTheLogAndItsReadersAlone(JavaClasses classes) {
        noClasses().that()
                .resideOutsideOfPackages("dev.outboard.dispatcher.log", "dev.outboard.dispatcher.view",
                        "dev.outboard.broker", "dev.outboard.bench",
                        // asks whether a broker that was killed is back in the ISR
                        "dev.outboard.crash.cluster")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.kafka..", "kafka..")
                .check(classes);
    }

    /** And to the benchmark's baseline. */
    @ArchTest
    static void helidonIsKnownToTheApiAlone(JavaClasses classes) {
        noClasses().that()
                .resideOutsideOfPackages("dev.outboard.api..", "dev.outboard.bench")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.helidon..")
                .check(classes);
    }

    @ArchTest
    static void apiAndWorkersDoNotKnowEachOther(JavaClasses classes) {
        noClasses().that()
                .resideInAPackage("dev.outboard.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outboard.runtime..", "dev.outboard.spi..", "dev.outboard.connectors..")
                .check(classes);
        noClasses().that()
                .resideInAnyPackage("dev.outboard.runtime..", "dev.outboard.spi..", "dev.outboard.connectors..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.outboard.api..")
                .check(classes);
    }

    @ArchTest
    static void theSpiDependsOnNothing(JavaClasses classes) {
        classes().that()
                .resideInAPackage("dev.outboard.spi..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.outboard.spi", "java..", "org.jspecify..")
                .check(classes);
    }

    @ArchTest
    static void aConnectorKnowsTheSpiAndItsPlatformAlone(JavaClasses classes) {
        noClasses().that()
                .resideInAPackage("dev.outboard.connectors..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outboard.dispatcher..", "dev.outboard.runtime..",
                        FLYTE, "com.google.protobuf..")
                .check(classes);
    }

    @ArchTest
    static void protobufNeverCrossesTheSpiNorEntersTheCore(JavaClasses classes) {
        noClasses().that()
                .resideOutsideOfPackages("dev.outboard.dispatcher.wire..", FLYTE, "dev.outboard.api..",
                        "dev.outboard.runtime")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.google.protobuf..", GENERATED_WIRE)
                .check(classes);
    }

    @ArchTest
    static void theDispatcherKnowsNoPlatformAndNoWeb(JavaClasses classes) {
        noClasses().that()
                .resideInAPackage("dev.outboard.dispatcher..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.outboard.api..", "dev.outboard.runtime..",
                        "dev.outboard.spi..", "dev.outboard.connectors..", "java.net.http..", "java.sql..")
                .check(classes);
    }

    /** The client verbs work against a server of another version: they share no code with one. */
    @ArchTest
    static void theClientKnowsNothingOfTheServer(JavaClasses classes) {
        noClasses().that()
                .resideInAPackage("..standalone.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..standalone.roles..", "dev.outboard.broker..", "dev.outboard.api..",
                        "dev.outboard.dispatcher..", "dev.outboard.runtime..", "dev.outboard.spi..")
                .check(classes);
    }

    /** Programs take the client alone. */
    @ArchTest
    static void theClientDependsOnTheJdkAndJacksonAlone(JavaClasses classes) {
        classes().that()
                .resideInAPackage("dev.outboard.client..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("dev.outboard.client..", "java..", "javax.net.ssl", "com.fasterxml.jackson..",
                        "org.jspecify..")
                .check(classes);
        noClasses().that()
                .resideOutsideOfPackages("dev.outboard.client..", "..standalone.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.outboard.client..")
                .check(classes);
    }

    @ArchTest
    static void roomsHaveNoCycles(JavaClasses classes) {
        slices().matching("dev.outboard.standalone.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("dev.outboard.standalone.cli.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("dev.outboard.dispatcher.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("dev.outboard.api.(*)..").should().beFreeOfCycles().check(classes);
        slices().matching("dev.outboard.crash.(*)..").should().beFreeOfCycles().check(classes);
    }

    /** Every package says what it is for, and that null is said where it is meant. */
    @ArchTest
    static void everyPackageIsNullMarked(JavaClasses classes) {
        classes().that()
                .resideOutsideOfPackages(GENERATED_WIRE, FLYTE)
                .should(new PackageMarked(NullMarked.class))
                .check(classes);
    }
}
