package io.actormesh.runtime.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavadocProcessorTest {
  private static final String SOURCE =
      """
      package sample;
      import java.util.List;
      import org.apache.pekko.actor.typed.ActorRef;
      /** Not a record: not kept. */
      public final class Bakery {
        /** Bakes &amp; sells: <b>bread</b> = {@code List<Bread>}. */
        public sealed interface Command {}
        /**
         * Bakes one. With {@link Bread} of {@link List#of() lists}, grüße #1!
         *
         * <p>Takes its time.
         *
         * @param flour which flour,
         *     and how fine
         * @param replyTo answered when it is done
         */
        public record Bake(String flour, ActorRef<Bread> replyTo) implements Command {}
        /** @param grams its weight */
        public record Bread(int grams) {}
        public record Plain(int a) {}
      }
      """;

  @TempDir Path folder;

  private String compile(Path classes, String... options) throws Exception {
    Path source = Files.createDirectories(folder.resolve("src")).resolve("Bakery.java");
    Files.writeString(source, SOURCE);
    Files.createDirectories(classes);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> all =
        new ArrayList<>(
            List.of(
                "-d",
                classes.toString(),
                "-Xlint:all,-processing,-path",
                "-Werror",
                "--release",
                "17"));
    all.addAll(List.of("-classpath", System.getProperty("java.class.path")));
    all.addAll(List.of(options));
    StringWriter said = new StringWriter();
    try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, UTF_8)) {
      boolean compiled =
          javac.getTask(said, files, null, all, null, files.getJavaFileObjects(source)).call();
      assertThat(compiled).as(said.toString()).isTrue();
    }
    return said.toString();
  }

  private static JsonNode document(Path classes) throws Exception {
    try (URLClassLoader loader =
        new URLClassLoader(
            new URL[] {classes.toUri().toURL()}, JavadocProcessorTest.class.getClassLoader())) {
      Class<?> protocol = loader.loadClass("sample.Bakery$Command");
      ServiceContract<?> contract = ServiceContract.of("bakery", protocol);
      Operation<?> bake = contract.operation("bake").orElseThrow();
      ApiRoute route =
          new ApiRoute(
              "POST",
              "/bakery/bake",
              "bakery",
              protocol,
              bake,
              List.of(),
              List.of(),
              true,
              Optional.empty());
      ApiInfo info = new ApiInfo("t", "1", "/", false, true, List.of());
      return new ObjectMapper().readTree(OpenApi.document(info, List.of(route)));
    }
  }

  @Test
  void javadocOfRecordsAndTheirComponentsIsInTheDocument() throws Exception {
    Path classes = folder.resolve("classes");
    String said = compile(classes, "-processor", JavadocProcessor.class.getName());
    assertThat(said).isEmpty();
    JsonNode document = document(classes);
    JsonNode bake = document.at("/paths/~1bakery~1bake/post");
    assertThat(bake.path("summary").asText()).isEqualTo("Bakes one.");
    assertThat(bake.path("description").asText())
        .isEqualTo("Bakes one. With Bread of lists, grüße #1!\n\nTakes its time.");
    assertThat(
            bake.at("/requestBody/content/application~1json/schema/properties/flour/description")
                .asText())
        .isEqualTo("which flour, and how fine");
    assertThat(document.at("/tags/0/description").asText())
        .isEqualTo("Bakes & sells: bread = List<Bread>.");
    assertThat(document.at("/components/schemas/Bread/properties/grams/description").asText())
        .isEqualTo("its weight");
  }

  @Test
  void withoutItTheDocumentIsWithoutDescriptions() throws Exception {
    Path classes = folder.resolve("plain");
    compile(classes, "-proc:none");
    assertThat(document(classes).at("/paths/~1bakery~1bake/post").has("description")).isFalse();
  }

  @Test
  void itCanBeSwitchedOff() throws Exception {
    Path classes = folder.resolve("off");
    compile(classes, "-processor", JavadocProcessor.class.getName(), "-Aactormesh.docs=off");
    assertThat(classes.resolve("META-INF")).doesNotExist();
  }

  @Test
  void compilersFindItByItself() {
    assertThat(
            java.util.ServiceLoader.load(javax.annotation.processing.Processor.class).stream()
                .map(java.util.ServiceLoader.Provider::type))
        .contains(JavadocProcessor.class);
  }
}
