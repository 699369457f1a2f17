package io.actormesh.runtime.ingress;

import io.actormesh.runtime.failure.FailureCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.http.javadsl.model.HttpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Chooses how a stream is written, by the client's {@code Accept} header: the highest quality wins,
 * then what is named over what a wildcard covers, then the order of {@link StreamMedia}.
 */
final class Negotiation {

  private static final Pattern QUALITY =
      Pattern.compile("(?i)\\s*q\\s*=\\s*(?<q>[01](\\.\\d*)?)\\s*");

  private Negotiation() {}

  /** One range of the header: what it covers, and how much it is liked. */
  private record Range(String mainType, String subType, double quality) {

    /** 2 if it names the media type, 1 or 0 if a wildcard covers it, -1 if it does not. */
    int specificity(StreamMedia media) {
      if (mainType.equals("*")) {
        return 0;
      }
      if (!mainType.equals(media.mainType())) {
        return -1;
      }
      if (subType.equals("*")) {
        return 1;
      }
      return subType.equals(media.subType()) ? 2 : -1;
    }
  }

  /**
   * What to write; NDJSON for a client that says nothing.
   *
   * @throws InvalidRequestException if the client accepts nothing that a stream can be written as
   */
  static StreamMedia choose(Iterable<HttpHeader> headers) {
    List<Range> ranges = ranges(headers);
    if (ranges.isEmpty()) {
      return StreamMedia.NDJSON;
    }
    StreamMedia best = null;
    double bestRank = 0;
    for (StreamMedia media : StreamMedia.values()) {
      double rank = rank(media, ranges);
      if (rank > bestRank) {
        best = media;
        bestRank = rank;
      }
    }
    if (best == null) {
      throw new InvalidRequestException(
          Problem.of(FailureCode.NOT_ACCEPTABLE, "None of the accepted types fits a stream."));
    }
    return best;
  }

  /** The quality of the most specific range that covers it; a named type breaks ties. */
  private static double rank(StreamMedia media, List<Range> ranges) {
    @Nullable Range most = null;
    int specificity = -1;
    for (Range range : ranges) {
      if (range.specificity(media) > specificity) {
        specificity = range.specificity(media);
        most = range;
      }
    }
    if (most == null || most.quality() == 0) {
      return 0;
    }
    // Qualities have three decimals at most.
    return most.quality() + specificity / 10_000.0;
  }

  private static List<Range> ranges(Iterable<HttpHeader> headers) {
    List<Range> ranges = new ArrayList<>();
    for (HttpHeader header : headers) {
      if (header.lowercaseName().equals("accept")) {
        for (String text : header.value().split(",", -1)) {
          range(text).ifPresent(ranges::add);
        }
      }
    }
    return ranges;
  }

  /** A range; empty if it is none, which says as little as its absence. */
  private static Optional<Range> range(String text) {
    String[] parts = text.split(";", -1);
    String[] types = parts[0].trim().toLowerCase(Locale.ROOT).split("/", -1);
    if (types.length != 2) {
      return Optional.empty();
    }
    double quality = 1;
    for (int i = 1; i < parts.length; i++) {
      Matcher matcher = QUALITY.matcher(parts[i]);
      if (matcher.matches()) {
        quality = Math.min(1, Double.parseDouble(matcher.group("q")));
      }
    }
    return Optional.of(new Range(types[0], types[1], quality));
  }
}
