package io.actormesh.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a JUnit 5 test class a mesh of its own: real nodes, a real cluster, real connections, all
 * in this JVM on loopback and on free ports.
 *
 * <pre>{@code
 * @MeshTest(nodes = 3)
 * class GreeterTest {
 *
 *   @EachNode
 *   static void node(MeshNodeBuilder node) {
 *     node.host(Greeter.CONTRACT, Greeter::create);
 *   }
 *
 *   @Test
 *   void greets(MeshCluster mesh) throws Exception {
 *     assertThat(mesh.client(Greeter.CONTRACT).<Greeting>ask(r -> new Greet("Ann", r)).get())
 *         .isEqualTo(new Greeting("Hello, Ann"));
 *   }
 * }
 * }</pre>
 *
 * <p>The mesh starts before the class's first test, in a few seconds, and ends after its last one;
 * whatever a test has done to it, nothing is left running. Tests share it: before each of them,
 * nodes that an earlier one killed or drained are replaced, and nodes that it added are drained. A
 * nested class uses the mesh of the class around it unless it is annotated itself.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Inherited
@Documented
@ExtendWith(MeshExtension.class)
public @interface MeshTest {

  /** How many nodes, 1 to 32. */
  int nodes() default 1;

  /**
   * Configuration (HOCON) of all nodes, such as {@code actormesh.services.greeter.instances = 4}.
   * It is laid over the kit's own, and that over {@code application.conf}.
   */
  String config() default "";
}
