package io.actormesh.runtime.contract;

import static java.util.Objects.requireNonNull;

import io.actormesh.runtime.call.Priority;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * One message type of a service: what it is called on the wire, what it carries, what it answers.
 * Immutable and safe for use by any thread; equal by identity, one per contract.
 *
 * @param <C> the service's protocol
 */
public final class Operation<C> {
  private final Class<? extends C> messageType;
  private final CompositeShape message;
  private final Reply reply;
  private final OperationSettings settings;
  private final List<Field> fields;
  private final String schema;

  /** What the operation answers; type and shape are null for a one-way operation alone. */
  record Reply(ReplyKind kind, @Nullable Type type, @Nullable Shape shape) {}

  Operation(
      Class<? extends C> messageType,
      CompositeShape message,
      Reply reply,
      OperationSettings settings) {
    this.messageType = messageType;
    this.message = message;
    this.reply = reply;
    this.settings = settings;
    this.fields =
        message.components().stream()
            .map(c -> new Field(c.name(), c.type(), c.required(), c.index()))
            .toList();
    this.schema = SchemaText.of(this);
  }

  /** The name on the wire and, by convention, in URLs. */
  public String name() {
    return settings.name();
  }

  /** The record that is this operation's message. */
  public Class<? extends C> messageType() {
    return messageType;
  }

  /** Whether it replies, and whether its reply can be an error. */
  public ReplyKind replyKind() {
    return reply.kind();
  }

  /** The reply type {@code R} of {@code ActorRef<R>} or {@code ActorRef<StatusReply<R>>}. */
  public Optional<Type> replyType() {
    return Optional.ofNullable(reply.type());
  }

  /** What the message carries, the reply ref left out, in declaration order. */
  public List<Field> fields() {
    return fields;
  }

  /** Whether it answers nothing. */
  public boolean oneWay() {
    return reply.kind() == ReplyKind.NONE;
  }

  /** Whether running it twice does no more than running it once, so that it may be sent again. */
  public boolean idempotent() {
    return settings.idempotent();
  }

  /** How long a call of it may take, if the contract says so. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(settings.deadline());
  }

  /** How important its calls are, if the contract says so. */
  public Optional<Priority> priority() {
    return Optional.ofNullable(settings.priority());
  }

  /** Canonical text of its name, fields and reply; see {@link SchemaCompatibility}. */
  public String schema() {
    return schema;
  }

  /** The shape of the message, the reply ref left out. */
  public CompositeShape message() {
    return message;
  }

  /** The shape of the reply; empty for a one-way operation. */
  public Optional<Shape> reply() {
    return Optional.ofNullable(reply.shape());
  }

  /**
   * A message with these values.
   *
   * @param fieldValues one for each of {@link #fields()}, in their order; not kept
   * @param replyTo the reply ref; null for a one-way operation
   * @throws RuntimeException whatever the record's own constructor throws
   */
  public C create(@Nullable Object[] fieldValues, @Nullable ActorRef<?> replyTo) {
    return messageType.cast(message.create(fieldValues, replyTo));
  }

  /** A copy of the message with another reply ref; a one-way message is returned as it is. */
  public C withReplyTo(C message, ActorRef<?> replyTo) {
    return messageType.cast(this.message.withReplyTo(requireNonNull(message), replyTo));
  }

  /** The value of the field at this position of {@link #fields()}. */
  public @Nullable Object value(C message, int field) {
    return this.message.value(requireNonNull(message), field);
  }

  @Override
  public String toString() {
    return name();
  }
}
