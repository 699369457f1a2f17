package io.actormesh.runtime.contract;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SchemaText} writes. Recursive descent over one line, bounded in depth. */
final class SchemaParser {
  private static final int MAX_DEPTH = 500;
  private static final String TAKES = " takes ";

  private final String line;
  private final Map<String, SchemaNode> numbered = new HashMap<>();
  private int at;
  private int depth;

  /** An operation as text says it is. */
  record ParsedOperation(
      String kind, SchemaNode message, @Nullable SchemaNode reply, @Nullable SchemaNode argument) {}

  private SchemaParser(String line) {
    this.line = line;
  }

  /**
   * Reads the operations of a contract, by name.
   *
   * @throws IllegalArgumentException if the text is no schema
   */
  static Map<String, ParsedOperation> parse(String schema) {
    Map<String, ParsedOperation> operations = new LinkedHashMap<>();
    schema
        .lines()
        .forEach(
            line -> {
              SchemaParser parser = new SchemaParser(line);
              String name = parser.word(' ');
              operations.put(name, parser.operation());
            });
    return operations;
  }

  private ParsedOperation operation() {
    String kind = word(' ');
    SchemaNode message = type();
    @Nullable SchemaNode reply = null;
    @Nullable SchemaNode argument = null;
    if (at < line.length() && !line.startsWith(TAKES, at)) {
      require(' ');
      reply = type();
    }
    if (line.startsWith(TAKES, at)) {
      at += TAKES.length();
      argument = type();
    }
    if (at != line.length()) {
      throw malformed();
    }
    return new ParsedOperation(kind, message, reply, argument);
  }

  private SchemaNode type() {
    if (++depth > MAX_DEPTH) {
      throw malformed();
    }
    SchemaNode node = peek() == '#' ? numbered() : named();
    depth--;
    return node;
  }

  private SchemaNode numbered() {
    int start = at++;
    while (Character.isDigit(peek())) {
      at++;
    }
    String number = line.substring(start, at);
    if (peek() == '{') {
      return parts(number, "record", ':', '}');
    }
    if (peek() == '<') {
      return parts(number, "sealed interface", '=', '>');
    }
    @Nullable SchemaNode known = numbered.get(number);
    if (known == null) {
      throw malformed();
    }
    return known;
  }

  private SchemaNode parts(String number, String kind, char separator, char end) {
    SchemaNode node = new SchemaNode(kind);
    numbered.put(number, node);
    at++;
    while (peek() != end) {
      String name = word(separator);
      node.put(name, type());
      require(',');
    }
    at++;
    return node;
  }

  private SchemaNode named() {
    int start = at;
    while (Character.isLetter(peek()) || peek() == '-') {
      at++;
    }
    SchemaNode node = new SchemaNode(line.substring(start, at));
    if (start == at) {
      throw malformed();
    }
    if (peek() == '(') {
      at = closing(')') + 1;
    } else if (peek() == '[') {
      arguments(node);
    }
    return node;
  }

  private void arguments(SchemaNode node) {
    do {
      at++;
      node.put("[" + node.parts().size() + "]", type());
    } while (peek() == ',');
    require(']');
  }

  private char peek() {
    return at < line.length() ? line.charAt(at) : '\0';
  }

  private String word(char end) {
    int start = at;
    int stop = closing(end);
    at = stop + 1;
    return line.substring(start, stop);
  }

  private int closing(char end) {
    int stop = line.indexOf(end, at);
    if (stop < 0) {
      throw malformed();
    }
    return stop;
  }

  private void require(char expected) {
    if (peek() != expected) {
      throw malformed();
    }
    at++;
  }

  private IllegalArgumentException malformed() {
    return new IllegalArgumentException("schema: malformed at character " + at);
  }
}
