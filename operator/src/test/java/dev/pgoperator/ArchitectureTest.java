package dev.pgoperator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.callMethodWhere;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.constructors;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaConstructor;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The rooms, the doors between them, and what may not come in (docs/architecture.md). */
class ArchitectureTest {

  private static final int MOST_PARAMETERS = 6;
  private static final String CLIENT = "io.fabric8.kubernetes.client..";

  private static final JavaClasses OURS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.pgoperator");

  private static String room(String name) {
    return "dev.pgoperator." + name;
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(OURS);
  }

  @Test
  void roomsOpenOnlyTheDoorsThatAreDrawn() {
    var house =
        layeredArchitecture().consideringOnlyDependenciesInLayers().withOptionalLayers(true);
    for (String name :
        Set.of(
            "api", "config", "model", "kube", "cloud", "teams", "cluster", "fleet", "watch", "web",
            "boot", "pace", "shard")) {
      house = house.layer(name).definedBy(room(name));
    }
    check(
        house
            .layer("step")
            .definedBy(room("cluster.step"))
            .layer("libraries")
            .definedBy(room("patroni.."), room("pg.."))
            .whereLayer("libraries")
            .mayNotAccessAnyLayer()
            .whereLayer("api")
            .mayNotAccessAnyLayer()
            .whereLayer("config")
            .mayOnlyAccessLayers("api")
            .whereLayer("model")
            .mayOnlyAccessLayers("api", "config")
            .whereLayer("kube")
            .mayOnlyAccessLayers("api", "config", "pace")
            .whereLayer("pace")
            .mayNotAccessAnyLayer()
            .whereLayer("cloud")
            .mayOnlyAccessLayers("model")
            .whereLayer("step")
            .mayOnlyAccessLayers("model", "kube", "cloud", "pace", "api", "config", "libraries")
            .whereLayer("cluster")
            .mayOnlyAccessLayers(
                "step", "model", "kube", "teams", "pace", "api", "config", "libraries")
            .whereLayer("teams")
            .mayOnlyAccessLayers("kube", "api", "config")
            .whereLayer("fleet")
            .mayOnlyAccessLayers("cluster", "step", "pace", "api", "config")
            .whereLayer("shard")
            .mayOnlyAccessLayers("kube", "api")
            .whereLayer("watch")
            .mayOnlyAccessLayers("fleet", "cluster", "kube", "api", "config")
            .whereLayer("web")
            .mayOnlyAccessLayers("fleet", "api", "config")
            .whereLayer("boot")
            .mayNotBeAccessedByAnyLayer());
  }

  @Test
  void librariesDoNotKnowEachOther() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("patroni.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(room("pg..")));
    check(
        noClasses()
            .that()
            .resideInAPackage(room("pg.."))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(room("patroni..")));
  }

  @Test
  void noRoomDependsOnItselfThroughAnother() {
    check(slices().matching("dev.pgoperator.(*)..").should().beFreeOfCycles());
  }

  @Test
  void decisionsArePure() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(room("model"), room("config"), room("api"), room("pg.plan"))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage("io.vertx..", CLIENT, "org.slf4j..", "java.net..", "java.sql..")
                    .or(describe("a clock or chance", ArchitectureTest::isClockOrChance))));
    check(
        noClasses()
            .that()
            .resideInAnyPackage(room("model"), room("config"), room("api"), room("pg.plan"))
            .should(
                callMethodWhere(describe("reads its surroundings", ArchitectureTest::isAmbient))));
  }

  private static boolean isClockOrChance(JavaClass type) {
    return Set.of(
            "java.time.Clock", "java.util.Random", "java.security.SecureRandom", "java.util.UUID")
        .contains(type.getName());
  }

  private static boolean isAmbient(JavaMethodCall call) {
    String owner = call.getTargetOwner().getSimpleName();
    boolean environment =
        owner.equals("System")
            && Set.of("getenv", "getProperty", "nanoTime", "currentTimeMillis")
                .contains(call.getName());
    return environment
        || (call.getName().equals("now")
            && call.getTargetOwner().getPackageName().equals("java.time"));
  }

  @Test
  void onlyTheGatewayTalksToTheApiServer() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(room("kube"), room("boot"), room("api"))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(CLIENT));
  }

  @Test
  void onlyOnePlaceAwaits() {
    check(
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(room("cluster.step.Await"))
            .should(callMethodWhere(describe("awaits a future", ArchitectureTest::isAwait))));
  }

  private static boolean isAwait(JavaMethodCall call) {
    return call.getName().equals("await")
        && call.getTargetOwner().getName().equals("io.vertx.core.Future");
  }

  @Test
  void threadsBelongToTheGatewayAndTheRoot() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.pgoperator..")
            .and()
            .resideOutsideOfPackages(room("kube"), room("boot"), room("patroni.."), room("pg.."))
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(CompletableFuture.class, Thread.class));
  }

  @Test
  void onlyTheFleetDeploysVerticles() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages(room("fleet"), room("boot"))
            .should(
                callMethodWhere(
                    describe("deploys a verticle", c -> c.getName().equals("deployVerticle")))));
  }

  @Test
  void theWebSeesTheFleetThroughItsViewOnly() {
    check(
        noClasses()
            .that()
            .resideInAPackage(room("web"))
            .should()
            .dependOnClassesThat(
                resideInAnyPackage(room("fleet"))
                    .and(
                        describe(
                            "not the view",
                            t -> !t.getName().startsWith(room("fleet.FleetView"))))));
  }

  @Test
  void whatUsersWriteIsData() {
    check(
        classes()
            .that()
            .resideInAPackage(room("api"))
            .and()
            .arePublic()
            .and()
            .areTopLevelClasses()
            .should()
            .beRecords()
            .orShould()
            .beEnums()
            .orShould()
            .beInterfaces()
            .orShould()
            .beAssignableTo("io.fabric8.kubernetes.client.CustomResource"));
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.pgoperator..")
            .and()
            // An interface of Vert.x has setters of its own.
            .areDeclaredInClassesThat()
            .areNotAssignableTo("io.vertx.core.streams.StreamBase")
            .should()
            .haveNameMatching("set[A-Z].*"));
  }

  @Test
  void namesSayWhatThingsAre() {
    check(
        noClasses()
            .that()
            // Kubernetes' own word for who owns a field.
            .doNotHaveSimpleName("FieldManager")
            .should()
            .haveNameMatching(
                ".*\\.(I[A-Z][a-z]\\w*|Abstract\\w*|\\w*(Utils?|Helper|Manager|Impl|Common|Misc))"));
    check(
        noMethods()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.pgoperator..")
            .and()
            .areDeclaredInClassesThat()
            .areNotAssignableTo(ItemStore.class) // its getKey is not our name
            .and()
            .arePublic()
            .should()
            .haveNameMatching("get[A-Z].*"));
  }

  @Test
  void constructorsAreShort() {
    check(
        constructors()
            .that()
            .areDeclaredInClassesThat()
            .resideInAPackage("dev.pgoperator..")
            .should(haveFewParameters()));
  }

  private static ArchCondition<JavaConstructor> haveFewParameters() {
    return new ArchCondition<>("have at most " + MOST_PARAMETERS + " parameters") {
      @Override
      public void check(JavaConstructor constructor, ConditionEvents events) {
        int count = constructor.getRawParameterTypes().size();
        // Captured variables of local and anonymous classes are no parameters anybody wrote.
        boolean synthetic =
            constructor.getOwner().isAnonymousClass() || constructor.getOwner().isLocalClass();
        if (count > MOST_PARAMETERS && !synthetic) {
          events.add(
              SimpleConditionEvent.violated(
                  constructor, constructor.getFullName() + " has " + count));
        }
      }
    };
  }
}
