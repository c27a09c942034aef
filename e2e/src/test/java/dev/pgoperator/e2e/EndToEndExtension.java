package dev.pgoperator.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Gives each class its {@link Scene}, writes down the state of things at the moment of a failure,
 * and fails a test under which the main operator restarted.
 */
final class EndToEndExtension
    implements BeforeAllCallback,
        AfterAllCallback,
        BeforeEachCallback,
        AfterEachCallback,
        ParameterResolver,
        TestExecutionExceptionHandler,
        LifecycleMethodExecutionExceptionHandler {
  private static final Namespace STORE = Namespace.create(EndToEndExtension.class);

  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> type = context.getRequiredTestClass();
    System.out.println("tests   " + type.getSimpleName());
    if (declaration(context).disturbsOperator() && !type.isAnnotationPresent(Isolated.class)) {
      throw new IllegalStateException(
          type + " disturbs the operator of others: it must be isolated");
    }
    mainOperator(context).awaitReady();
    scene(context).open();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    long began = System.nanoTime();
    scene(context).close();
    System.out.printf("cleared %s, %.1f s%n", name(context), (System.nanoTime() - began) / 1e9);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    context.getStore(STORE).put("operator", mainOperator(context).incarnation());
    context.getStore(STORE).put("began", System.nanoTime());
  }

  @Override
  public void afterEach(ExtensionContext context) {
    long began = context.getStore(STORE).get("began", Long.class);
    System.out.printf(
        "%s  %s, %.1f s%n",
        context.getExecutionException().map(EndToEndExtension::how).orElse("passed"),
        name(context),
        (System.nanoTime() - began) / 1e9);
    String before = context.getStore(STORE).get("operator", String.class);
    String now = mainOperator(context).incarnation();
    if (!declaration(context).disturbsOperator() && !before.equals(now)) {
      throw new AssertionError("the operator restarted: it was " + before + " and is " + now);
    }
  }

  private static String how(Throwable end) {
    return end instanceof org.opentest4j.TestAbortedException ? "skipped" : "FAILED";
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType().equals(Scene.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return scene(context);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw diagnosed(context, failure);
  }

  @Override
  public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    throw diagnosed(context, failure);
  }

  private static Throwable diagnosed(ExtensionContext context, Throwable failure) {
    if (!(failure instanceof org.opentest4j.TestAbortedException)) {
      Scene scene = scene(context);
      Path file = Diagnosis.write(scene.client(), scene.namespace(), name(context), failure);
      System.out.println("failed  " + name(context) + "; the state of things then: e2e/" + file);
    }
    return failure;
  }

  /** Class and method, and for one of several runs of a method also which one. */
  private static String name(ExtensionContext context) {
    String type = context.getRequiredTestClass().getSimpleName();
    String run = context.getDisplayName().startsWith("[") ? " " + context.getDisplayName() : "";
    return context.getTestMethod().map(method -> type + "." + method.getName() + run).orElse(type);
  }

  private static Operator mainOperator(ExtensionContext context) {
    return scene(context).run().operator();
  }

  private static EndToEnd declaration(ExtensionContext context) {
    return context.getRequiredTestClass().getAnnotation(EndToEnd.class);
  }

  /** One for each class, whoever asks first; the run is closed with the root. */
  private static Scene scene(ExtensionContext context) {
    Run run =
        context
            .getRoot()
            .getStore(STORE)
            .getOrComputeIfAbsent(Run.class, key -> new Run(), Run.class);
    EndToEnd declared = declaration(context);
    return context
        .getRoot()
        .getStore(STORE)
        .getOrComputeIfAbsent(
            declared.value(),
            namespace -> new Scene(run, namespace, declared.ownOperator()),
            Scene.class);
  }
}
