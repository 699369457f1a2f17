package io.actormesh.runtime.config;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text must look like.
 *
 * @param expected in words that follow "is not"
 * @param matches the check
 */
public record TextRule(String expected, Predicate<String> matches) {

  /** Names of nodes, services, operations, zones and the like. */
  public static final TextRule NAME =
      of(
          "a name (letters, digits, and . _ - in between; at most 128)",
          "[A-Za-z0-9]([A-Za-z0-9._-]{0,126}[A-Za-z0-9])?");

  /** The name of a label, which may have a prefix as in {@code app.kubernetes.io/name}. */
  static final TextRule LABEL =
      of(
          "the name of a label (letters, digits, and . _ - / in between; at most 317)",
          "[A-Za-z0-9]([A-Za-z0-9._/-]{0,315}[A-Za-z0-9])?");

  /** The value of a label, which may be empty. */
  static final TextRule LABEL_VALUE =
      of("a text of at most 256 characters on one line", "[^\\p{Cntrl}]{0,256}");

  /** A text of a line. */
  public static final TextRule LINE =
      of("a text of at most 256 characters on one line", "[^\\p{Cntrl}]{1,256}");

  /** What can be dialled or listened on. */
  static final TextRule HOST =
      new TextRule("a host name or an address, without port", Hosts::isHost);

  /** Whom to join. */
  static final TextRule SEED =
      new TextRule("host:port with a port of 1 to 65535", text -> HostPort.parse(text).isPresent());

  /** The name of a mesh: Pekko allows no more in the name of an actor system. */
  static final TextRule CLUSTER =
      of("a name of letters, digits and -, at most 64", "[A-Za-z0-9][A-Za-z0-9-]{0,63}");

  /** The name of an environment variable. */
  static final TextRule NAME_OF_VARIABLE =
      of("the name of an environment variable", "[A-Za-z_][A-Za-z0-9_]{0,255}");

  /** Where clients find the API. */
  static final TextRule SERVER =
      of(
          "an absolute path or a URL of http or https",
          "(https?://[^/\\s?#]+)?/[^\\s?#]*|https?://[^/\\s?#]+");

  /** A file. */
  static final TextRule PATH = new TextRule("a path", text -> !text.isEmpty());

  /** What Pekko can put in order. */
  static final TextRule VERSION =
      new TextRule("a version that can be compared, such as 1.4.2 or 1.4.2-RC1", Versions::isOne);

  /** A rule by regular expression, which must match the whole text. */
  public static TextRule of(String expected, String regex) {
    Pattern pattern = Pattern.compile(regex);
    return new TextRule(expected, text -> pattern.matcher(text).matches());
  }

  boolean accepts(String text) {
    return matches.test(text);
  }
}
