package io.actormesh.runtime.failure;

import static io.actormesh.runtime.failure.Started.MAYBE;
import static io.actormesh.runtime.failure.Started.NO;
import static io.actormesh.runtime.failure.Started.YES;

/**
 * Every way a call or a request at the front door can fail. Codes are stable: once released, a code
 * keeps its meaning. {@code docs/reference/errors.md} lists them with causes and fixes.
 */
public enum FailureCode {
  NO_ROUTE(
      "MESH-NO-ROUTE",
      503,
      NO,
      "No endpoint of the service is ready.",
      "Check /mesh/v1/services/{service} for why endpoints are excluded; start a node that hosts"
          + " it."),
  UNKNOWN_SERVICE(
      "MESH-UNKNOWN-SERVICE",
      404,
      NO,
      "The node that was asked knows no service of that name.",
      "Check the service's name; /mesh/v1/services lists the names the mesh knows."),
  UNKNOWN_OPERATION(
      "MESH-UNKNOWN-OPERATION",
      404,
      NO,
      "The service has no such operation.",
      "Check the operation's name; a serving node may run an older version of the contract."),
  INCOMPATIBLE(
      "MESH-INCOMPATIBLE",
      502,
      NO,
      "Caller and server have clashing versions of the operation.",
      "Deploy compatible versions: add fields, never change the type or meaning of one."),
  CALLER_LIMIT(
      "MESH-CALLER-LIMIT",
      503,
      NO,
      "This node has too many calls to the service in flight.",
      "Slow down, or raise throttle.caller-in-flight of the service's policy."),
  QUEUE_FULL(
      "MESH-QUEUE-FULL",
      503,
      NO,
      "The queues of the endpoints tried are full.",
      "Retry after the hint; add instances, or raise throttle.queue if waiting longer is"
          + " acceptable."),
  NO_CREDIT(
      "MESH-NO-CREDIT",
      503,
      NO,
      "The serving node grants no more calls on this connection.",
      "Retry after the hint; the serving node is at its limit of calls or bytes in flight."),
  REJECTED(
      "MESH-REJECTED",
      422,
      YES,
      "The service answered with an error of its own.",
      "Read the message: the service rejected the request on purpose."),
  SERVICE_FAILED(
      "MESH-SERVICE-FAILED",
      500,
      YES,
      "The service threw while it ran the call.",
      "Look for the exception in the serving node's log; the instance is being replaced."),
  SERVICE_STOPPED(
      "MESH-SERVICE-STOPPED",
      500,
      YES,
      "The instance stopped before it answered.",
      "Answer before Behaviors.stopped(); the instance is being replaced."),
  UNHANDLED(
      "MESH-UNHANDLED",
      501,
      YES,
      "The service does not handle the operation in its present state.",
      "Handle the message in the service's behavior; it returned Behaviors.unhandled()."),
  ENDPOINT_LOST(
      "MESH-ENDPOINT-LOST",
      502,
      MAYBE,
      "The serving node was lost while the call may have been running.",
      "Find out whether the work was done before repeating it, or declare the operation"
          + " idempotent."),
  DEADLINE(
      "MESH-DEADLINE",
      504,
      MAYBE,
      "The call was not answered before its deadline.",
      "The phase says where the time went: see the failure's message."),
  CANCELLED(
      "MESH-CANCELLED",
      499,
      MAYBE,
      "The caller cancelled the call.",
      "Nothing: the caller asked for it."),
  NOT_SERIALIZABLE(
      "MESH-NOT-SERIALIZABLE",
      500,
      NO,
      "The request could not be encoded.",
      "Fix the value or type that the message names; the codec cannot carry it."),
  NOT_READABLE(
      "MESH-NOT-READABLE",
      502,
      NO,
      "The serving node could not decode the request.",
      "Compare the two versions of the contract; the message names the field."),
  REPLY_NOT_SERIALIZABLE(
      "MESH-REPLY-NOT-SERIALIZABLE",
      500,
      YES,
      "The service's reply could not be encoded.",
      "Fix the reply's value or type that the message names; the work was done."),
  REPLY_NOT_READABLE(
      "MESH-REPLY-NOT-READABLE",
      502,
      YES,
      "The service's reply could not be decoded.",
      "Compare the two versions of the contract; the work was done."),
  TOO_LARGE(
      "MESH-TOO-LARGE",
      413,
      NO,
      "The request is larger than a call may be.",
      "Send less, or raise max-payload of the service's policy."),
  REPLY_TOO_LARGE(
      "MESH-REPLY-TOO-LARGE",
      502,
      YES,
      "The reply is larger than a call may be.",
      "Answer with less, or raise max-payload of the service's policy; the work was done."),
  DRAINING(
      "MESH-DRAINING",
      503,
      NO,
      "The node is leaving the mesh and takes no new calls.",
      "Retry: other nodes take over."),
  TOO_MANY_STREAMS(
      "MESH-TOO-MANY-STREAMS",
      503,
      NO,
      "The endpoints tried have too many streams open.",
      "Retry later; end streams that nobody needs, add instances, or raise"
          + " throttle.instance-streams or link.stream.max-open."),
  MOVING(
      "MESH-MOVING",
      503,
      NO,
      "The service's only instance was not back before the call's deadline.",
      "Retry after the hint, or give such calls a deadline longer than a move takes."),
  MOVING_LIMIT(
      "MESH-MOVING-LIMIT",
      503,
      NO,
      "The service's only instance is moving, and as many calls as may wait for it already do.",
      "Retry after the hint, or raise throttle.moving-calls of the service's policy."),
  STREAM_UNREAD(
      "MESH-STREAM-UNREAD",
      408,
      YES,
      "The stream was not read in time, and has been given up.",
      "Run the Source as soon as the future completes; link.stream.subscribe-timeout is how long"
          + " it waits."),
  ARGUMENT_FAILED(
      "MESH-ARGUMENT-FAILED",
      400,
      YES,
      "The stream that the caller sends has failed.",
      "Look at the caller: its Source failed before its end."),
  CALLER_LOST(
      "MESH-CALLER-LOST",
      499,
      YES,
      "The node that sends the stream was lost.",
      "Decide what becomes of the elements that have come: there will be no more."),
  BAD_REQUEST(
      "MESH-BAD-REQUEST",
      400,
      NO,
      "The request cannot be read as the operation's message.",
      "Correct the field that the problem document names."),
  NOT_FOUND(
      "MESH-NOT-FOUND",
      404,
      NO,
      "No route matches the path.",
      "Check the path: POST /{service}/{operation}, or a route that the node exposes."),
  METHOD_NOT_ALLOWED(
      "MESH-METHOD-NOT-ALLOWED",
      405,
      NO,
      "The path does not take this method.",
      "Use a method of the Allow header."),
  BODY_TOO_LARGE(
      "MESH-BODY-TOO-LARGE",
      413,
      NO,
      "The request's body is larger than the ingress accepts.",
      "Send less, or raise actormesh.ingress.max-body."),
  BODY_TIMEOUT(
      "MESH-BODY-TIMEOUT",
      408,
      NO,
      "The request's body did not arrive in time.",
      "Send the body without long pauses, or raise actormesh.ingress.body-timeout."),
  MEDIA_TYPE(
      "MESH-MEDIA-TYPE",
      415,
      NO,
      "The request's body is of a type that the route does not take.",
      "Send JSON with Content-Type: application/json, a stream of it with application/x-ndjson."),
  INGRESS_LIMIT(
      "MESH-INGRESS-LIMIT",
      503,
      NO,
      "The front door has too many requests in flight.",
      "Retry after the hint, or raise actormesh.ingress.max-in-flight."),
  STREAM_LIMIT(
      "MESH-STREAM-LIMIT",
      503,
      NO,
      "The front door has too many streams open.",
      "Retry after the hint, or raise actormesh.ingress.stream.max-open."),
  NOT_ACCEPTABLE(
      "MESH-NOT-ACCEPTABLE",
      406,
      NO,
      "The client accepts no form that a stream can be written in.",
      "Accept application/x-ndjson, application/jsonl, text/event-stream or application/json."),
  UNAUTHENTICATED(
      "MESH-UNAUTHENTICATED",
      401,
      NO,
      "The route needs credentials, and the request has none.",
      "Send an API key or a token, as the header WWW-Authenticate says."),
  BAD_CREDENTIALS(
      "MESH-BAD-CREDENTIALS",
      401,
      NO,
      "The request's credentials are not taken.",
      "Read the detail; get a token of the right issuer and audience, or a key that is known."),
  EXPIRED_CREDENTIALS(
      "MESH-EXPIRED-CREDENTIALS",
      401,
      NO,
      "The request's token has expired.",
      "Get a new token; if it is new, compare the clocks of issuer and node."),
  FORBIDDEN(
      "MESH-FORBIDDEN",
      403,
      NO,
      "The caller may not do this.",
      "Ask for the right, or change the rules in actormesh.ingress.access."),
  KEYS_UNAVAILABLE(
      "MESH-KEYS-UNAVAILABLE",
      503,
      NO,
      "The front door has no keys to check tokens with.",
      "Retry after the hint; the node's log says why actormesh.ingress.auth.jwt.jwks cannot be"
          + " had."),
  HEADERS_TOO_LARGE(
      "MESH-HEADERS-TOO-LARGE",
      431,
      NO,
      "The request has more or longer headers than the ingress accepts.",
      "Send less, or raise actormesh.ingress.max-headers or max-header-bytes."),
  URI_TOO_LONG(
      "MESH-URI-TOO-LONG",
      414,
      NO,
      "The request's path and query are longer than the ingress accepts.",
      "Send less in the query, or raise actormesh.ingress.max-uri."),
  INTERNAL(
      "MESH-INTERNAL",
      500,
      MAYBE,
      "The mesh itself failed.",
      "Report it with the log lines around the request id.");

  private final String code;
  private final int httpStatus;
  private final Started started;
  private final String meaning;
  private final String fix;

  FailureCode(String code, int httpStatus, Started started, String meaning, String fix) {
    this.code = code;
    this.httpStatus = httpStatus;
    this.started = started;
    this.meaning = meaning;
    this.fix = fix;
  }

  /** The stable code, such as {@code MESH-NO-ROUTE}. */
  public String code() {
    return code;
  }

  /** The HTTP status the front door answers with. */
  public int httpStatus() {
    return httpStatus;
  }

  /** Whether a call that failed so had begun, unless the failure itself knows better. */
  public Started started() {
    return started;
  }

  /** What happened, in one sentence. */
  public String meaning() {
    return meaning;
  }

  /** What to do about it, in one sentence. */
  public String fix() {
    return fix;
  }
}
