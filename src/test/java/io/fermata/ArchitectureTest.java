package io.fermata;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The layout of design section 5: who may know whom, and who may ask for the time. */
class ArchitectureTest {

  private static final String[] PURE = {
    "io.fermata.model..",
    "io.fermata.identity..",
    "io.fermata.rules..",
    "io.fermata.journey..",
    "io.fermata.score.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.fermata");

  @Test
  void shouldKeepTheHeartFreeOfKafkaAvroAndMetrics() {
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "io.micrometer..")
        .check(CLASSES);
  }

  @Test
  void shouldKeepTheHeartFromAskingForTimeAndChance() {
    Set<String> clocks =
        Set.of(
            Clock.class.getName(),
            Instant.class.getName(),
            LocalDate.class.getName(),
            LocalDateTime.class.getName(),
            OffsetDateTime.class.getName(),
            ZonedDateTime.class.getName());
    DescribedPredicate<JavaCall<?>> asksForTheTime =
        DescribedPredicate.describe(
            "asks for the time",
            call ->
                (clocks.contains(call.getTargetOwner().getName())
                        && Set.of("now", "systemUTC", "systemDefaultZone").contains(call.getName()))
                    || (call.getTargetOwner().isEquivalentTo(System.class)
                        && Set.of("currentTimeMillis", "nanoTime").contains(call.getName())));
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .callMethodWhere(asksForTheTime)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .check(CLASSES);
  }

  @Test
  void shouldKeepModelToTheJdk() {
    classes()
        .that()
        .resideInAPackage("io.fermata.model..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.fermata.model..", "java..")
        .check(CLASSES);
  }

  @Test
  void shouldKeepGeneratedRecordsToTheCodec() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.fermata.codec..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.fermata.codec.avro..")
        .check(CLASSES);
  }

  @Test
  void shouldKeepTheEmbeddedBrokerOffThePathOfARealRun() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.fermata.topology..",
            "io.fermata.runtime..",
            "io.fermata.codec..",
            "io.fermata.serve..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.fermata.embedded..", "kafka..", "org.apache.kafka.server..")
        .check(CLASSES);
  }

  @Test
  void shouldHaveNoCyclesBetweenRooms() {
    slices().matching("io.fermata.(*)..").should().beFreeOfCycles().check(CLASSES);
  }
}
