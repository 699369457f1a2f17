package io.actormesh.runtime.ingress;

import java.nio.file.Path;

/** A certificate or key that cannot be used, and what to do about it. */
final class TlsFileException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What the file is meant to hold. */
  enum Part {
    CERTIFICATE("actormesh.ingress.tls.certificate-file"),
    KEY("actormesh.ingress.tls.key-file");

    private final String path;

    Part(String path) {
      this.path = path;
    }

    /** The setting that names the file. */
    String path() {
      return path;
    }
  }

  private final Part part;
  private final String problem;
  private final String fix;

  TlsFileException(Part part, Path file, String problem, String fix) {
    super("the file " + file.toAbsolutePath() + " " + problem);
    this.problem = "the file " + file.toAbsolutePath() + " " + problem;
    this.part = part;
    this.fix = fix;
  }

  Part part() {
    return part;
  }

  String problem() {
    return problem;
  }

  String fix() {
    return fix;
  }
}
