package io.actormesh.benchmarks.ingress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs that send requests, 64 at a time from one thread, and what they tell of them. */
enum LoadTool {

  /** 64 connections. */
  WRK("HTTP/1.1", "apt-get install wrk", "wrk -t1 -c64 --latency") {
    @Override
    Load read(String output, Path log) {
      double broken = 0;
      for (String line : output.lines().filter(l -> l.contains("Socket errors")).toList()) {
        broken += Pattern.compile("\\d+").matcher(line).results().mapToInt(LoadTool::count).sum();
      }
      return new Load(
          number(output, "(\\d+) requests in"),
          broken + (output.contains("Non-2xx") ? number(output, "responses: (\\d+)") : 0),
          millis(output, "50%"),
          millis(output, "99%"));
    }
  },

  /** 8 connections of 8 streams, HTTP/2 from the first byte. */
  H2LOAD("HTTP/2", "apt-get install nghttp2-client", "h2load -t1 -c8 -m8 -ph2c") {
    @Override
    Load read(String output, Path log) throws IOException {
      double[] micros;
      try (var lines = Files.lines(log)) {
        micros =
            lines
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf('\t') + 1)))
                .sorted()
                .toArray();
      }
      return new Load(
          number(output, "(\\d+) 2xx"),
          number(output, "(\\d+) failed,") + number(output, "(\\d+) 5xx"),
          micros[micros.length / 2] / 1000,
          micros[(int) (micros.length * 0.99)] / 1000);
    }
  };

  final String protocol;
  private final String hint;
  private final String command;

  /** What one run did: requests answered and failed, latencies in milliseconds. */
  record Load(double requests, double failed, double p50, double p99) {}

  LoadTool(String protocol, String hint, String command) {
    this.protocol = protocol;
    this.hint = hint;
    this.command = command;
  }

  /** How to get it, if it is not there. */
  Optional<String> missing() {
    boolean found =
        Pattern.compile(":")
            .splitAsStream(System.getenv("PATH"))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, program())));
    return found ? Optional.empty() : Optional.of(program() + " is not on the PATH: " + hint);
  }

  /** Sends requests for so long. */
  Load run(String url, int seconds) throws IOException, InterruptedException {
    Path log = Files.createTempFile("requests", ".log");
    try {
      List<String> line = new ArrayList<>(List.of(command.split(" ", -1)));
      line.addAll(this == WRK ? List.of("-d" + seconds + "s") : List.of("-D" + seconds));
      if (this == H2LOAD) {
        line.add("--log-file=" + log);
      }
      line.add(url);
      Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IOException(program() + " says: " + output);
      }
      return read(output, log);
    } finally {
      Files.delete(log);
    }
  }

  abstract Load read(String output, Path log) throws IOException;

  private String program() {
    return command.substring(0, command.indexOf(' '));
  }

  private static int count(MatchResult result) {
    return Integer.parseInt(result.group());
  }

  private static double number(String output, String pattern) {
    return Double.parseDouble(find(output, pattern).group(1));
  }

  private static double millis(String output, String quantile) {
    Matcher time = find(output, quantile + "\\s+([0-9.]+)(us|ms|s)");
    double value = Double.parseDouble(time.group(1));
    return switch (time.group(2)) {
      case "us" -> value / 1000;
      case "ms" -> value;
      default -> value * 1000;
    };
  }

  private static Matcher find(String output, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("not understood: " + output);
    }
    return matcher;
  }
}
