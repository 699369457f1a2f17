package io.actormesh.runtime.tracing;

import io.opentelemetry.api.common.AttributeKey;

/** The names of what spans say. Those without {@code mesh.} are OpenTelemetry's conventions. */
public final class SpanAttributes {

  /** The failure's code, such as {@code MESH-DEADLINE}. */
  public static final AttributeKey<String> ERROR_TYPE = AttributeKey.stringKey("error.type");

  public static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
  public static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
  public static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
  public static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");
  public static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
  public static final AttributeKey<String> PROTOCOL =
      AttributeKey.stringKey("network.protocol.version");
  public static final AttributeKey<String> USER_AGENT =
      AttributeKey.stringKey("user_agent.original");
  public static final AttributeKey<String> CLIENT = AttributeKey.stringKey("client.address");

  public static final AttributeKey<String> RPC_SYSTEM = AttributeKey.stringKey("rpc.system");
  public static final AttributeKey<String> SERVICE = AttributeKey.stringKey("rpc.service");
  public static final AttributeKey<String> OPERATION = AttributeKey.stringKey("rpc.method");

  /** The node that the span was made on. */
  public static final AttributeKey<String> NODE = AttributeKey.stringKey("mesh.node");

  /** Who called: a service, a node, or {@code ingress@node}. */
  public static final AttributeKey<String> CALLER = AttributeKey.stringKey("mesh.caller");

  /** {@code critical}, {@code high}, {@code normal} or {@code sheddable}. */
  public static final AttributeKey<String> PRIORITY = AttributeKey.stringKey("mesh.priority");

  /** The endpoint that an attempt was sent to. */
  public static final AttributeKey<String> ENDPOINT = AttributeKey.stringKey("mesh.endpoint");

  /** Which attempt it is: 1, 2, … */
  public static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("mesh.attempt");

  /** How many attempts a call needed. */
  public static final AttributeKey<Long> ATTEMPTS = AttributeKey.longKey("mesh.attempts");

  /** Which instance of its node served it. */
  public static final AttributeKey<Long> INSTANCE = AttributeKey.longKey("mesh.instance");

  /** How long it waited before it was started, in µs. */
  public static final AttributeKey<Long> QUEUED = AttributeKey.longKey("mesh.queued_us");

  /** How long it ran on the serving node, in µs. */
  public static final AttributeKey<Long> SERVED = AttributeKey.longKey("mesh.served_us");

  /** Whether what failed had been started: {@code no}, {@code maybe} or {@code yes}. */
  public static final AttributeKey<String> STARTED = AttributeKey.stringKey("mesh.started");

  /** The id in {@code X-Request-Id}. */
  public static final AttributeKey<String> REQUEST_ID = AttributeKey.stringKey("mesh.request_id");

  /** How a stream ended: {@code completed}, {@code failed}, {@code cancelled}, … */
  public static final AttributeKey<String> STREAM_END = AttributeKey.stringKey("mesh.stream.end");

  /** Elements that went to the client. */
  public static final AttributeKey<Long> ELEMENTS_OUT =
      AttributeKey.longKey("mesh.stream.elements_out");

  /** Elements that came from the client. */
  public static final AttributeKey<Long> ELEMENTS_IN =
      AttributeKey.longKey("mesh.stream.elements_in");

  private SpanAttributes() {}
}
