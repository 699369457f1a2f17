package io.actormesh.it;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The objects of {@code deploy/kubernetes}. */
record Manifests(List<HasMetadata> objects) {

  private static final Path FOLDER = Path.of("..", "deploy", "kubernetes");

  static Manifests read() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return new Manifests(
          files
              .filter(file -> !file.endsWith("kustomization.yaml"))
              .sorted()
              .flatMap(Manifests::objects)
              .toList());
    }
  }

  /** The files, as {@code kustomization.yaml} should list them. */
  static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> !file.equals("kustomization.yaml"))
          .sorted()
          .toList();
    }
  }

  static String kustomization() throws IOException {
    return Files.readString(FOLDER.resolve("kustomization.yaml"));
  }

  <T extends HasMetadata> List<T> all(Class<T> type) {
    return objects.stream().filter(type::isInstance).map(type::cast).toList();
  }

  <T extends HasMetadata> T only(Class<T> type) {
    List<T> found = all(type);
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + type.getSimpleName());
    }
    return found.get(0);
  }

  PodSpec pod() {
    return only(Deployment.class).getSpec().getTemplate().getSpec();
  }

  Container container() {
    return pod().getContainers().get(0);
  }

  private static Stream<HasMetadata> objects(Path file) {
    try {
      Object read = new KubernetesSerialization().unmarshal(Files.readString(file));
      return read instanceof Collection<?> many
          ? many.stream().map(HasMetadata.class::cast)
          : Stream.of((HasMetadata) read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
