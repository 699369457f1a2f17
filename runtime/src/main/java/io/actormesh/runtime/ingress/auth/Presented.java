package io.actormesh.runtime.ingress.auth;

import org.jspecify.annotations.Nullable;

/**
 * The credentials of a request, as its headers have them. Holds secrets: never log or print it.
 *
 * @param apiKey the value of the API key's header, or null
 * @param authorization the value of the {@code Authorization} header, or null
 * @param repeated whether one of them came more than once
 */
public record Presented(@Nullable String apiKey, @Nullable String authorization, boolean repeated) {

  /** Says nothing of what it holds. */
  @Override
  public String toString() {
    return "credentials";
  }
}
