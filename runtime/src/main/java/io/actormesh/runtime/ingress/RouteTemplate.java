package io.actormesh.runtime.ingress;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A route's path: {@code /orders/{id}/lines{?page,size}}. A segment is literal or one parameter;
 * the query parameters, in the form of RFC 6570, come last.
 *
 * @param text as written, without the query part
 * @param segments in order; empty for {@code /}
 * @param query the names of the query parameters
 */
record RouteTemplate(String text, List<Segment> segments, List<String> query) {

  private static final Pattern QUERY = Pattern.compile("(?<path>[^?]*)\\{\\?(?<names>[^{}]*)}");
  private static final Pattern PARAMETER = Pattern.compile("\\{(?<name>[^{}?]*)}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z_$][A-Za-z0-9_$]*");
  // What never needs percent-encoding, so that a path matches in one spelling alone.
  private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");

  RouteTemplate {
    segments = List.copyOf(segments);
    query = List.copyOf(query);
  }

  /** One part of the path between slashes: literal text, or the name of a parameter. */
  record Segment(String text, boolean parameter) {}

  /** The names of the path's parameters, in order. */
  List<String> parameters() {
    return segments.stream().filter(Segment::parameter).map(Segment::text).toList();
  }

  /** The path with its parameters unnamed: routes of equal shape cannot be told apart. */
  String shape() {
    StringBuilder shape = new StringBuilder();
    segments.forEach(
        segment -> shape.append('/').append(segment.parameter() ? "{}" : segment.text()));
    return shape.isEmpty() ? "/" : shape.toString();
  }

  /** Reads a template, and reports what is wrong with it. */
  static RouteTemplate parse(String template, RouteFindings findings) {
    Matcher withQuery = QUERY.matcher(template);
    boolean hasQuery = withQuery.matches();
    String path = hasQuery ? withQuery.group("path") : template;
    List<String> query = hasQuery ? names(withQuery.group("names"), findings) : List.of();
    RouteTemplate read = new RouteTemplate(path, segments(path, findings), query);
    findings.duplicates(read.parameters());
    findings.duplicates(query);
    return read;
  }

  private static List<String> names(String list, RouteFindings findings) {
    List<String> names = List.of(list.split(",", -1));
    for (String name : names) {
      checkName(name, findings);
    }
    return names;
  }

  private static List<Segment> segments(String path, RouteFindings findings) {
    if (!path.startsWith("/")) {
      findings.add("the path does not begin with '/'", "write '/" + path + "'");
      return List.of();
    }
    List<Segment> segments = new ArrayList<>();
    if (path.length() > 1) {
      for (String segment : path.substring(1).split("/", -1)) {
        segments.add(segment(segment, findings));
      }
    }
    return segments;
  }

  private static Segment segment(String text, RouteFindings findings) {
    Matcher parameter = PARAMETER.matcher(text);
    if (parameter.matches()) {
      checkName(parameter.group("name"), findings);
      return new Segment(parameter.group("name"), true);
    }
    if (!LITERAL.matcher(text).matches() || text.equals(".") || text.equals("..")) {
      findings.add(
          "segment '" + text + "' of the path is neither plain text nor one parameter",
          "use letters, digits and ._~- alone, or one {name} that fills the whole segment");
    }
    return new Segment(text, false);
  }

  private static void checkName(String name, RouteFindings findings) {
    if (!NAME.matcher(name).matches()) {
      findings.add(
          "parameter '" + name + "' has no valid name",
          "use the name of a component of the message, as in {id} or {?page,size}");
    }
  }
}
