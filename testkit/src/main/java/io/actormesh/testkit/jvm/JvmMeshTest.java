package io.actormesh.testkit.jvm;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class a {@link JvmMesh} as a parameter: of a {@code @BeforeAll} method for all its
 * tests, or of a single test. Its processes end with the scope that it was made for; if a test
 * fails, what they printed is printed.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@ExtendWith(JvmMeshExtension.class)
public @interface JvmMeshTest {

  /** The main class of the JVMs. */
  Class<?> value();

  /** How many of the JVMs launched first are seeds. */
  int seeds() default 3;
}
