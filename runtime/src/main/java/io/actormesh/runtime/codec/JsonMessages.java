package io.actormesh.runtime.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.actormesh.runtime.contract.CompositeShape;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.stream.javadsl.Source;
import org.jspecify.annotations.Nullable;

/**
 * Messages and replies as JSON, for clients over HTTP. Reading is strict and names the mistake:
 * unknown, missing and duplicate fields, wrong types (nothing is coerced), nulls where none can be,
 * text after the end, invalid UTF-8, what nests deeper than 100 levels.
 *
 * <p>Records are objects, collections arrays, maps objects, enums their names, {@code java.time}
 * values ISO-8601 text, {@code byte[]} base64, sealed interfaces objects with one name: {@code
 * {"card": {"number": "…"}}}. What is {@code Optional}, {@code @Nullable} or a collection may be
 * left out. Replies leave out what is null or an empty {@code Optional}.
 *
 * <p>Safe for use by any thread; one instance serves all contracts of a node.
 */
public final class JsonMessages {
  private final Map<Operation<?>, Forms> forms = new ConcurrentHashMap<>();

  private record Forms(
      JacksonRecord message,
      JsonParameters parameters,
      @Nullable JacksonValue reply,
      @Nullable JacksonValue replyElement,
      @Nullable JacksonValue argumentElement) {}

  /** Knows nothing yet; what an operation needs is built on its first use. */
  public JsonMessages() {}

  /**
   * Reads a message without its reply ref, which is null in it: supply one with {@link
   * Operation#withReplyTo}.
   *
   * @param json the body; an empty one counts as an empty object
   * @param parameters values of path and query parameters by component name
   * @throws JsonProblem if they are no such message
   */
  public <C> C read(Operation<C> operation, byte[] json, Map<String, String> parameters) {
    return read(operation, json, parameters, null);
  }

  /** As {@link #read(Operation, byte[], Map)}, with the reply ref put in. */
  public <C> C read(
      Operation<C> operation,
      byte[] json,
      Map<String, String> parameters,
      @Nullable ActorRef<?> replyTo) {
    return readRepeated(operation, json, JsonParameters.ofSingle(parameters), replyTo);
  }

  /** As {@link #read(Operation, byte[], Map)}; a list or set takes all values of its parameter. */
  public <C> C readRepeated(
      Operation<C> operation,
      byte[] json,
      Map<String, List<String>> parameters,
      @Nullable ActorRef<?> replyTo) {
    return read(operation, json, parameters, replyTo, null);
  }

  /**
   * Reads a message that may take a stream.
   *
   * @param json the body; an empty one counts as an empty object
   * @param parameters values of path and query parameters by component name
   * @param replyTo the reply ref to put in; null to do so later
   * @param argument the stream to put in; null for one that fails until {@link
   *     Operation#withArgument} replaces it
   * @throws JsonProblem if they are no such message
   */
  public <C> C read(
      Operation<C> operation,
      byte[] json,
      Map<String, List<String>> parameters,
      @Nullable ActorRef<?> replyTo,
      @Nullable Source<?, NotUsed> argument) {
    Forms known = formsOf(operation);
    try {
      @Nullable Object[] fields = known.message().unread();
      if (json.length > 0) {
        readBody(known.message(), json, fields);
      }
      known.parameters().readInto(fields, parameters);
      return create(operation, known.message().settled(fields), replyTo, argument);
    } catch (IOException | RuntimeException thrown) {
      throw problem(thrown);
    }
  }

  /**
   * Writes a reply (the value inside, for a {@code StatusReply}).
   *
   * @throws CodecException if it cannot be written; names the field
   */
  public byte[] writeReply(Operation<?> operation, Object reply) {
    JacksonValue type = formsOf(operation).reply();
    if (type == null) {
      throw FieldProblem.unwritable(
              "an operation that is one-way, or replies a stream, has no such reply")
          .toCodecException();
    }
    return write(type, reply);
  }

  /**
   * Writes an element of a reply that is a stream.
   *
   * @throws CodecException if it cannot be written; names the field
   */
  public byte[] writeElement(Operation<?> operation, Object element) {
    JacksonValue type = formsOf(operation).replyElement();
    if (type == null) {
      throw FieldProblem.unwritable("the reply is no stream").toCodecException();
    }
    return write(type, element);
  }

  /**
   * Reads an element of the stream that an operation takes, as strictly as a message.
   *
   * @throws JsonProblem if it is no such element; its path starts at the element
   */
  public Object readArgumentElement(Operation<?> operation, byte[] json) {
    JacksonValue type = formsOf(operation).argumentElement();
    if (type == null) {
      throw problem(FieldProblem.unreadable("the operation takes no stream"));
    }
    try (JsonParser in = StrictJson.parser(json)) {
      in.nextToken();
      Object element = type.read(in);
      if (in.nextToken() != null) {
        throw FieldProblem.unreadable("more text after its end");
      }
      return element;
    } catch (IOException | RuntimeException thrown) {
      throw problem(thrown);
    }
  }

  /**
   * Writes a message without its reply ref, as {@link #read} takes it.
   *
   * @throws CodecException if it cannot be written; names the field
   */
  public <C> byte[] writeMessage(Operation<C> operation, C message) {
    return write(formsOf(operation).message(), message);
  }

  /** Writes a value and reads it back; throws if it cannot be read. */
  static byte[] sample(Shape shape, Object value) {
    JacksonValue type = new JacksonValues(Dialect.JSON).of(shape);
    byte[] written = write(type, value);
    try (JsonParser in = StrictJson.parser(written)) {
      in.nextToken();
      type.read(in);
    } catch (IOException | RuntimeException thrown) {
      throw problem(thrown);
    }
    return written;
  }

  private Forms formsOf(Operation<?> operation) {
    Forms known = forms.get(operation);
    return known != null ? known : forms.computeIfAbsent(operation, JsonMessages::build);
  }

  private static Forms build(Operation<?> operation) {
    JacksonValues values = new JacksonValues(Dialect.JSON);
    CompositeShape message = operation.message();
    return new Forms(
        values.record(message),
        new JsonParameters(message),
        operation.reply().map(values::of).orElse(null),
        operation.replyElement().map(values::of).orElse(null),
        operation.argumentElement().map(values::of).orElse(null));
  }

  private static void readBody(JacksonRecord message, byte[] json, @Nullable Object[] fields)
      throws IOException {
    try (JsonParser in = StrictJson.parser(json)) {
      in.nextToken();
      message.readFields(in, fields);
      if (in.nextToken() != null) {
        throw FieldProblem.unreadable("more text after its end");
      }
    }
  }

  private static <C> C create(
      Operation<C> operation,
      @Nullable Object[] fields,
      @Nullable ActorRef<?> replyTo,
      @Nullable Source<?, NotUsed> argument) {
    try {
      return argument == null
          ? operation.create(fields, replyTo)
          : operation.create(fields, replyTo, argument);
    } catch (RuntimeException refused) {
      throw JacksonRecord.refusedBy(operation.message(), refused);
    }
  }

  private static JsonProblem problem(Exception thrown) {
    FieldProblem problem = FieldProblem.whileReading(thrown);
    return new JsonProblem("$" + problem.path(), problem.problem());
  }

  private static byte[] write(JacksonValue type, Object value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = StrictJson.FACTORY.createGenerator(bytes)) {
      out.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      type.writeWhole(out, value);
    } catch (IOException | RuntimeException thrown) {
      throw FieldProblem.whileWriting(thrown).toCodecException();
    }
    return bytes.toByteArray();
  }
}
