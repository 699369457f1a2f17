package io.actormesh.membership.consul;

import io.actormesh.membership.consul.ConsulException.Kind;
import java.io.IOException;
import java.net.URI;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells the ways apart in which Consul does not answer as hoped. */
final class ConsulFaults {

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  /** What older releases say, with status 500, where later ones say 404. */
  private static final Pattern UNKNOWN =
      Pattern.compile("Unknown (check|service) |CheckID .* does not have associated TTL");

  private static final int FIRST_OF_SERVER = 500;
  private static final int LONGEST_TEXT = 300;

  private ConsulFaults() {}

  /** What an answer other than 200 means. */
  static ConsulException answered(String what, int status, String body) {
    String text = body.strip();
    String said =
        what
            + " was answered with "
            + status
            + ": "
            + text.substring(0, Math.min(LONGEST_TEXT, text.length()));
    if (status == FORBIDDEN) {
      return forbidden(said);
    }
    if (status == NOT_FOUND || UNKNOWN.matcher(text).lookingAt()) {
      return new ConsulException(Kind.UNKNOWN, said, "Register it.");
    }
    return status >= FIRST_OF_SERVER
        ? new ConsulException(Kind.AWAY, said, "See Consul's log; it may have no leader.")
        : new ConsulException(Kind.REFUSED, said, "Consul's answer says what it does not take.");
  }

  /** No answer at all. */
  static ConsulException unanswered(URI address, @Nullable Throwable failure) {
    return new ConsulException(
        Kind.AWAY,
        "Consul does not answer at " + address + ": " + cause(failure),
        "Check that its agent runs there; actormesh.consul.address says where it is asked.");
  }

  static ConsulException forbidden(String problem) {
    return new ConsulException(
        Kind.FORBIDDEN,
        problem,
        "Give the token of actormesh.consul.token or token-file that permission.");
  }

  static ConsulException noToken(IOException failure) {
    return new ConsulException(
        Kind.FORBIDDEN,
        "actormesh.consul.token-file cannot be read: " + failure,
        "Name a file that holds the token, and that the node may read.");
  }

  /** What a stage of the client has failed with. */
  static ConsulException of(URI address, @Nullable Throwable failure) {
    return cause(failure) instanceof ConsulException known ? known : unanswered(address, failure);
  }

  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
