package io.actormesh.runtime.call;

/**
 * The rules for identities: who stands behind a call, as the front door has established it, such as
 * the subject of a token or the name of an API key. An identity is 1 to {@value #MAX_LENGTH}
 * characters without control characters and without spaces at its ends.
 */
public final class Identity {

  /** The most characters that an identity has. */
  public static final int MAX_LENGTH = 256;

  private Identity() {}

  /** Whether a text can be an identity. */
  public static boolean isValid(String text) {
    return !text.isEmpty()
        && text.length() <= MAX_LENGTH
        && text.strip().length() == text.length()
        && text.chars().noneMatch(Character::isISOControl);
  }

  /**
   * The same text.
   *
   * @throws IllegalArgumentException if it cannot be an identity
   */
  public static String require(String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "identity of "
              + text.length()
              + " characters (expected: 1 to "
              + MAX_LENGTH
              + ", no control characters, no spaces at the ends)");
    }
    return text;
  }
}
