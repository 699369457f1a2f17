package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/**
 * A value that cannot be written or read, and the path to it, put together while the stack unwinds:
 * a message without problems pays nothing for it.
 */
final class FieldProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private static final int LONGEST_NAME = 64;
  private static final int LONGEST_REASON = 200;

  private final CodecException.Problem kind;
  private final String problem;
  private String path = "";

  FieldProblem(CodecException.Problem kind, String problem) {
    super(problem, null, false, false);
    this.kind = kind;
    this.problem = problem;
  }

  static FieldProblem unreadable(String problem) {
    return new FieldProblem(CodecException.Problem.NOT_READABLE, problem);
  }

  static FieldProblem unwritable(String problem) {
    return new FieldProblem(CodecException.Problem.NOT_SERIALIZABLE, problem);
  }

  /** What a foreign library or a user's record threw while reading. */
  static FieldProblem whileReading(Exception thrown) {
    return thrown instanceof FieldProblem known
        ? known
        : unreadable("malformed: " + reason(thrown));
  }

  /** What a foreign library or a user's record threw while writing. */
  static FieldProblem whileWriting(Exception thrown) {
    return thrown instanceof FieldProblem known ? known : unwritable(reason(thrown));
  }

  /** The same problem, seen from the record that holds the component. */
  FieldProblem in(String component) {
    path = "." + component + path;
    return this;
  }

  /** The same problem, seen from the collection that holds the element. */
  FieldProblem at(int index) {
    path = "[" + index + "]" + path;
    return this;
  }

  /** The same problem, seen from the map that holds the value. */
  FieldProblem under(String key) {
    path = "['" + quoted(key) + "']" + path;
    return this;
  }

  CodecException.Problem kind() {
    return kind;
  }

  /** Such as {@code .basket.lines[2].quantity}; empty for the whole value. */
  String path() {
    return path;
  }

  String problem() {
    return problem;
  }

  CodecException toCodecException() {
    String where =
        path.isEmpty() ? "the value itself" : path.startsWith(".") ? path.substring(1) : path;
    return new CodecException(kind, where + ": " + problem);
  }

  /** A name that came from outside, fit for a message: short, and free of control characters. */
  static String quoted(String name) {
    String shown = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    return shown.replaceAll("\\p{Cntrl}", "?");
  }

  /** What another's exception says, in one short line, with its place in the text if it has one. */
  static String reason(Exception thrown) {
    if (thrown instanceof JsonProcessingException malformed) {
      JsonLocation at = malformed.getLocation();
      String place =
          at == null || at.getLineNr() < 1
              ? ""
              : " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
      return oneLine(malformed.getOriginalMessage()) + place;
    }
    return oneLine(
        thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage());
  }

  private static String oneLine(String message) {
    String shown = message.replaceAll("\\p{Cntrl}+", " ");
    return shown.length() <= LONGEST_REASON ? shown : shown.substring(0, LONGEST_REASON) + "…";
  }
}
