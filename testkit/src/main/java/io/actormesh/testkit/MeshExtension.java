package io.actormesh.testkit;

import io.actormesh.runtime.node.MeshNodeBuilder;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** Starts a class's mesh before its first test, hands it to the tests, and ends it. */
final class MeshExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback, ParameterResolver {

  private static final Namespace NAMESPACE = Namespace.create(MeshExtension.class);
  private static final String MESH = "mesh";

  @Override
  public void beforeAll(ExtensionContext context) {
    Class<?> test = context.getRequiredTestClass();
    // A nested class without an annotation of its own finds the mesh of the class around it.
    AnnotationSupport.findAnnotation(test, MeshTest.class)
        .ifPresent(settings -> store(context).put(MESH, start(test, settings)));
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    mesh(context).restore();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    // Removes what this context has put, and nothing that one around it has.
    MeshCluster own = store(context).remove(MESH, MeshCluster.class);
    if (own != null) {
      own.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == MeshCluster.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return mesh(context);
  }

  private static MeshCluster start(Class<?> test, MeshTest settings) {
    return MeshCluster.builder()
        .nodes(settings.nodes())
        .config(settings.config())
        .each(setup(test))
        .start();
  }

  private static NodeSetup setup(Class<?> test) {
    List<Method> found =
        AnnotationSupport.findAnnotatedMethods(
            test, EachNode.class, HierarchyTraversalMode.TOP_DOWN);
    for (Method method : found) {
      requireRight(method);
    }
    return (node, place) -> found.forEach(method -> invoke(method, node, place));
  }

  private static void requireRight(Method method) {
    List<Class<?>> types = Arrays.asList(method.getParameterTypes());
    boolean takesNode = types.equals(List.of(MeshNodeBuilder.class));
    boolean takesPlace = types.equals(List.of(MeshNodeBuilder.class, int.class));
    if (!Modifier.isStatic(method.getModifiers()) || !(takesNode || takesPlace)) {
      throw new ExtensionConfigurationException(
          "@EachNode "
              + method.toGenericString()
              + " (expected: static, with a parameter MeshNodeBuilder and perhaps an int)");
    }
  }

  private static void invoke(Method method, MeshNodeBuilder node, int place) {
    Object[] arguments =
        method.getParameterCount() == 1 ? new Object[] {node} : new Object[] {node, place};
    ReflectionSupport.invokeMethod(method, null, arguments);
  }

  private static MeshCluster mesh(ExtensionContext context) {
    MeshCluster mesh = store(context).get(MESH, MeshCluster.class);
    if (mesh == null) {
      throw new ExtensionConfigurationException(
          "There is no mesh yet: it starts before the class's first test and its @BeforeAll.");
    }
    return mesh;
  }

  private static Store store(ExtensionContext context) {
    return context.getStore(NAMESPACE);
  }
}
