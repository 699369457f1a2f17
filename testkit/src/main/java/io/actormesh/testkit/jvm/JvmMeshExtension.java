package io.actormesh.testkit.jvm;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Makes the meshes of a {@link JvmMeshTest} class, and ends them. */
final class JvmMeshExtension implements ParameterResolver, AfterEachCallback, AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(JvmMeshExtension.class);
  private static final String MESH = "mesh";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == JvmMesh.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Store store = context.getStore(NAMESPACE);
    // One that a context around this one has made is found, too.
    JvmMesh mesh = store.get(MESH, JvmMesh.class);
    if (mesh == null) {
      JvmMeshTest settings = context.getRequiredTestClass().getAnnotation(JvmMeshTest.class);
      mesh = JvmMesh.of(settings.value(), settings.seeds());
      store.put(MESH, mesh);
    }
    return mesh;
  }

  @Override
  public void afterEach(ExtensionContext context) {
    print(context, context.getStore(NAMESPACE).get(MESH, JvmMesh.class));
    end(context);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    end(context);
  }

  private static void print(ExtensionContext context, @Nullable JvmMesh mesh) {
    if (mesh != null && context.getExecutionException().isPresent()) {
      System.err.println("What the JVMs of " + context.getDisplayName() + " printed:");
      System.err.println(mesh.logs());
    }
  }

  private static void end(ExtensionContext context) {
    JvmMesh own = context.getStore(NAMESPACE).remove(MESH, JvmMesh.class);
    if (own != null) {
      own.close();
    }
  }
}
