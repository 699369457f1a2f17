package io.actormesh.runtime.ingress;

import io.actormesh.runtime.call.Priority;
import io.actormesh.runtime.failure.FailureCode;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the headers with which a client sets the terms of its call. */
final class CallTermsReader {

  private static final Pattern DEADLINE =
      Pattern.compile("(?<amount>[0-9]{1,9})(?<unit>us|ms|s|m)");

  private final IngressSettings settings;

  CallTermsReader(IngressSettings settings) {
    this.settings = settings;
  }

  /**
   * The client's deadline, counted from the request's arrival; null if it leaves it to the policy.
   *
   * @throws InvalidRequestException if the header has no valid value
   */
  @Nullable Duration deadline(@Nullable String header) {
    if (header == null) {
      return null;
    }
    Matcher matcher = DEADLINE.matcher(header);
    if (!matcher.matches()) {
      throw invalid(
          "Mesh-Deadline '" + printable(header) + "' is no duration. Write it as 250ms, 2s or 1m.");
    }
    Duration deadline = duration(Long.parseLong(matcher.group("amount")), matcher.group("unit"));
    if (deadline.isZero() || deadline.compareTo(settings.maxDeadline()) > 0) {
      throw invalid(
          "Mesh-Deadline '"
              + header
              + "' is out of range. It must be above 0 and at most "
              + settings.maxDeadline().toMillis()
              + "ms.");
    }
    return deadline;
  }

  /**
   * The client's priority; null if it has no say in it or leaves it to the policy.
   *
   * @throws InvalidRequestException if the header counts and has no valid value
   */
  @Nullable Priority priority(@Nullable String header) {
    if (header == null || !settings.acceptPriority()) {
      return null;
    }
    String name = header.toUpperCase(Locale.ROOT);
    for (Priority priority : Priority.values()) {
      if (priority.name().equals(name)) {
        return priority;
      }
    }
    throw invalid(
        "Mesh-Priority '"
            + printable(header)
            + "' is not known. Use critical, high, normal or sheddable.");
  }

  private static Duration duration(long amount, String unit) {
    return switch (unit) {
      case "us" -> Duration.ofNanos(amount * 1_000);
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  /** A client's text, short enough to be shown back to it. */
  private static String printable(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }

  private static InvalidRequestException invalid(String detail) {
    return new InvalidRequestException(Problem.of(FailureCode.BAD_REQUEST, detail));
  }
}
