package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Makes certificates in a folder as their owners do, with openssl. */
record OpenSsl(Path folder) {

  /** Skips the test on a machine without openssl. */
  static OpenSsl in(Path folder) {
    boolean present =
        Stream.of(System.getenv().getOrDefault("PATH", "").split(":", -1))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "openssl")));
    assumeTrue(present, "skipped: there is no openssl on this machine");
    return new OpenSsl(folder);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /** An authority, an intermediate one, and a server's certificate with a key of its own. */
  void chain(String name) throws IOException, InterruptedException {
    run(
        """
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 \
          -subj /CN=root -keyout root.key -out root.pem
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
          -subj /CN=middle -keyout middle.key -out middle.csr
        echo basicConstraints=critical,CA:true > middle.ext
        openssl x509 -req -in middle.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 \
          -extfile middle.ext -out middle.pem
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes \
          -subj /CN=NAME -keyout NAME.key -out NAME.csr
        echo subjectAltName=IP:127.0.0.1,DNS:localhost > NAME.ext
        openssl x509 -req -in NAME.csr -CA middle.pem -CAkey middle.key -CAcreateserial -days 20 \
          -extfile NAME.ext -out NAME.own.pem
        cat NAME.own.pem middle.pem > NAME.pem
        """
            .replace("NAME", name));
  }

  /** A certificate that vouches for itself. */
  void selfSigned(String name, String keyArguments) throws IOException, InterruptedException {
    run(
        "openssl req -x509 %s -nodes -days 20 -subj /CN=%s -addext subjectAltName=IP:127.0.0.1"
                .formatted(keyArguments, name)
            + " -keyout %s.key -out %s.pem".formatted(name, name));
  }

  void run(String script) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("bash", "-ec", script)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
