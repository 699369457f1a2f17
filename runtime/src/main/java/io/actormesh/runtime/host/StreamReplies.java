package io.actormesh.runtime.host;

import io.actormesh.runtime.codec.OperationCodec;
import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.Shape;
import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.stream.ElementPublisher;
import io.actormesh.runtime.stream.ElementPublisher.Encoding;
import io.actormesh.runtime.stream.MeshSources;
import org.apache.pekko.NotUsed;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;

/** Sends the sources that an operation replies. Thread-safe; one per operation and codec. */
final class StreamReplies {

  private final String operation;
  private final Class<?> elementType;
  private final OperationCodec<?> codec;

  StreamReplies(Operation<?> operation, Shape element, OperationCodec<?> codec) {
    this.operation = operation.name();
    this.elementType = element.rawType();
    this.codec = codec;
  }

  /** Ends the call with the stream. */
  void send(
      InboundCall call,
      Source<Object, NotUsed> source,
      InstanceStreams streams,
      int maxBytes,
      LoadReport load) {
    HostedStream stream = streams.reply(operation);
    stream.of(source);
    if (call.local()) {
      Source<Object, NotUsed> produced = MeshSources.produced(source, stream.life(), elementType);
      stream.expectReader();
      if (!call.replyLocal(produced, false, load)) {
        stream.callFailed();
      }
    } else {
      Encoding encoding = new Encoding(codec.replyElements(), call.allocator(), maxBytes);
      ElementPublisher elements =
          new ElementPublisher(source, stream.life(), streams.runner(), encoding);
      var unused = call.replyStream(elements, load);
    }
  }

  /** Lets go of a reply that came too late for anybody to read it. */
  static void discard(Object reply, InstanceStreams streams) {
    if (reply instanceof Source<?, ?> source) {
      @SuppressWarnings("unchecked") // a source of the contract, if anything
      Source<?, NotUsed> unread = (Source<?, NotUsed>) source;
      streams.runner().discard(unread);
    } else if (reply instanceof StatusReply<?> status && status.isSuccess()) {
      discard(status.getValue(), streams);
    }
  }
}
