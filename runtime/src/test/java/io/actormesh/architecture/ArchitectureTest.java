package io.actormesh.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.accessTargetWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.NullMarked;

/**
 * Who may enter which room. It lives in the runtime's tests because the runtime alone sees all four
 * libraries.
 */
@AnalyzeClasses(packages = "io.actormesh", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String MEMBERSHIP = "io.actormesh.membership..";
  private static final String ROUTER = "io.actormesh.router..";
  private static final String ROUTER_CLUSTER = "io.actormesh.router.cluster..";
  private static final String THROTTLE = "io.actormesh.throttle..";
  private static final String THROTTLE_STREAM = "io.actormesh.throttle.stream..";
  private static final String RUNTIME = "io.actormesh.runtime..";
  private static final String[] PEKKO = {"org.apache.pekko..", "com.typesafe.."};

  @ArchTest
  static final ArchRule MODULES_DEPEND_DOWNWARDS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("runtime")
          .definedBy(RUNTIME)
          .layer("router")
          .definedBy(ROUTER)
          .layer("membership")
          .definedBy(MEMBERSHIP)
          .layer("throttle")
          .definedBy(THROTTLE)
          .whereLayer("runtime")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("router")
          .mayOnlyBeAccessedByLayers("runtime")
          .whereLayer("membership")
          .mayOnlyBeAccessedByLayers("router", "runtime")
          .whereLayer("throttle")
          .mayOnlyBeAccessedByLayers("runtime");

  @ArchTest
  static final ArchRule ONLY_ROUTER_CLUSTER_KNOWS_MEMBERSHIP =
      noClasses()
          .that(resideInAPackage(ROUTER).and(not(resideInAPackage(ROUTER_CLUSTER))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(MEMBERSHIP, ROUTER_CLUSTER)
          .because("the algorithms are plain Java over snapshots")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ROUTING_DOES_NOT_KNOW_ACTORS =
      noClasses()
          .that(resideInAPackage(ROUTER).and(not(resideInAPackage(ROUTER_CLUSTER))))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(PEKKO)
          .because("a test, or a simulator, runs the algorithms without an actor system")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule ONLY_THROTTLE_STREAM_KNOWS_PEKKO =
      noClasses()
          .that(resideInAPackage(THROTTLE).and(not(resideInAPackage(THROTTLE_STREAM))))
          .should()
          .dependOnClassesThat(
              resideInAPackage(THROTTLE_STREAM)
                  .or(resideInAPackage(PEKKO[0]))
                  .or(resideInAPackage(PEKKO[1])))
          .because("limiters are plain Java; the stages that apply them to a stream are thin")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NETTY_STAYS_IN_THE_DATA_PLANE =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "io.actormesh.runtime.link..",
              "io.actormesh.runtime.host..",
              "io.actormesh.runtime.client..",
              "io.actormesh.runtime.codec..",
              "io.actormesh.runtime.stream..",
              "io.actormesh.runtime.node..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..")
          .because("buffers with a reference count are for those who know when to release them");

  @ArchTest
  static final ArchRule TIME_IS_AN_ARGUMENT =
      noClasses()
          .that()
          .resideInAnyPackage(ROUTER, THROTTLE)
          .should(
              accessTargetWhere(
                  target(owner(type(System.class)))
                      .and(target(nameMatching("nanoTime|currentTimeMillis")))
                      .as("System.nanoTime or System.currentTimeMillis")))
          .because("a test, or a simulator, stops the clock")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule RANDOMNESS_IS_AN_ARGUMENT =
      noClasses()
          .that()
          .resideInAnyPackage(ROUTER, THROTTLE)
          .should()
          .dependOnClassesThat(assignableTo(Random.class).or(type(ThreadLocalRandom.class)))
          .orShould(
              accessTargetWhere(
                  target(owner(type(Math.class)))
                      .and(target(nameMatching("random")))
                      .as("Math.random")))
          .because("a test seeds the generator")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NO_CYCLES_IN_RUNTIME =
      slices()
          .matching("io.actormesh.runtime.(*)..")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule NO_CYCLES_BETWEEN_PACKAGES =
      slices()
          .matching("io.actormesh.(membership|router|throttle).(**)")
          .should()
          .beFreeOfCycles()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule EVERY_PACKAGE_IS_NULL_MARKED =
      classes().should(resideInANullMarkedPackage()).because("null is the exception, and says so");

  private static ArchCondition<JavaClass> resideInANullMarkedPackage() {
    return new ArchCondition<>("reside in a package whose package-info says @NullMarked") {
      @Override
      public void check(JavaClass item, ConditionEvents events) {
        boolean marked = item.getPackage().isAnnotatedWith(NullMarked.class);
        events.add(
            new SimpleConditionEvent(
                item,
                marked,
                item.getName() + (marked ? " is" : " is not") + " in a @NullMarked package"));
      }
    };
  }
}
