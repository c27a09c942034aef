package dev.pgoperator.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A class of end-to-end tests. Its constructor may ask for a {@link Scene}, which is its namespace;
 * its tests share clusters and run in their order.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(EndToEndExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@interface EndToEnd {

  /** The namespace; deleted after the class. */
  String value();

  /**
   * Whether the tests stop the main operator themselves; otherwise a restart of its pod fails the
   * test. Others need it, so such a class has to be {@link
   * org.junit.jupiter.api.parallel.Isolated}.
   */
  boolean disturbsOperator() default false;

  /**
   * Whether the scene has an operator for itself, with the options of the main one: its tests may
   * stop and kill it while other classes run beside them.
   */
  boolean ownOperator() default false;
}
