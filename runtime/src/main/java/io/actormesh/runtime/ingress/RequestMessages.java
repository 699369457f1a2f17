package io.actormesh.runtime.ingress;

import io.actormesh.runtime.codec.CodecException;
import io.actormesh.runtime.codec.JsonMessages;
import io.actormesh.runtime.codec.JsonProblem;
import io.actormesh.runtime.failure.FailureCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.pekko.NotUsed;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/** Makes messages out of what requests carry in path, query and body, and bodies out of replies. */
final class RequestMessages {

  private final JsonMessages json = new JsonMessages();

  /**
   * The values that path and query give to components of the message.
   *
   * @throws InvalidRequestException if the query has what the route does not take
   */
  Map<String, List<String>> parameters(Route<?> route, List<String> values, HttpRequest request) {
    return parameters(route, route.query(), values, request);
  }

  /** As above, of a query that may have other parameters than the route's. */
  Map<String, List<String>> parameters(
      Route<?> route, Set<String> query, List<String> values, HttpRequest request) {
    Optional<String> rawQuery = request.getUri().rawQueryString();
    if (values.isEmpty() && rawQuery.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> parameters = PathText.query(rawQuery.orElse(""));
    for (String name : parameters.keySet()) {
      if (!query.contains(name)) {
        throw invalid(unknownQuery(route, query, name));
      }
    }
    for (int i = 0; i < values.size(); i++) {
      parameters.put(route.parameters().get(i), List.of(values.get(i)));
    }
    return parameters;
  }

  /** Refuses a body where none is looked at, instead of losing what the client says in it. */
  void checkBody(Route<?> route, HttpRequest request) {
    if (!route.method().takesBody() && !request.entity().isKnownEmpty()) {
      throw invalid(route.label() + " takes no body. Use path and query parameters.");
    }
  }

  private static String unknownQuery(Route<?> route, Set<String> query, String name) {
    return "Query parameter '"
        + name
        + "' is not known; "
        + route.label()
        + (query.isEmpty()
            ? " takes none."
            : " takes " + String.join(", ", query.stream().sorted().toList()) + ".");
  }

  /**
   * Reads a message.
   *
   * @throws InvalidRequestException naming the JSON path of what is wrong
   */
  <C> C read(Route<C> route, byte[] body, Map<String, List<String>> parameters) {
    return read(route, body, parameters, null);
  }

  /** As above, with the stream that the operation takes. */
  <C> C read(
      Route<C> route,
      byte[] body,
      Map<String, List<String>> parameters,
      @Nullable Source<?, NotUsed> argument) {
    try {
      return json.read(route.operation(), body, parameters, null, argument);
    } catch (JsonProblem unreadable) {
      throw new InvalidRequestException(
          Problem.of(FailureCode.BAD_REQUEST, String.valueOf(unreadable.getMessage()) + ".")
              .path(unreadable.path()));
    }
  }

  /**
   * Writes a reply.
   *
   * @throws InvalidRequestException if the service's reply cannot be written
   */
  <C> byte[] write(Route<C> route, Object reply) {
    try {
      return json.writeReply(route.operation(), reply);
    } catch (CodecException unwritable) {
      throw new InvalidRequestException(
          Problem.of(FailureCode.REPLY_NOT_SERIALIZABLE, String.valueOf(unwritable.getMessage())));
    }
  }

  /**
   * Reads an element of the stream that an operation takes.
   *
   * @param place names the element to the client, such as {@code Line 7}
   * @throws InvalidRequestException naming the JSON path of what is wrong
   */
  Object readElement(Route<?> route, byte[] element, String place) {
    try {
      return json.readArgumentElement(route.operation(), element);
    } catch (JsonProblem unreadable) {
      throw new InvalidRequestException(
          Problem.of(FailureCode.BAD_REQUEST, place + ": " + unreadable.getMessage() + ".")
              .path(unreadable.path()));
    }
  }

  /**
   * Writes an element of a reply that is a stream.
   *
   * @throws InvalidRequestException if the service's element cannot be written
   */
  byte[] writeElement(Route<?> route, Object element) {
    try {
      return json.writeElement(route.operation(), element);
    } catch (CodecException unwritable) {
      throw new InvalidRequestException(
          Problem.of(FailureCode.REPLY_NOT_SERIALIZABLE, String.valueOf(unwritable.getMessage())));
    }
  }

  private static InvalidRequestException invalid(String detail) {
    return new InvalidRequestException(Problem.of(FailureCode.BAD_REQUEST, detail));
  }
}
