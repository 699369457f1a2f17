package io.actormesh.runtime.stream;

import io.actormesh.runtime.codec.ElementCodec;
import io.actormesh.runtime.link.StreamFailure;
import io.netty.buffer.ByteBuf;
import java.util.concurrent.Flow;
import java.util.function.Function;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.javadsl.Source;

/** The sources that users get of the mesh, and those of users that it hands over. */
public final class MeshSources {

  private MeshSources() {}

  /**
   * What a link brings, as a source that can be run once.
   *
   * @param failures what its reader is told of a fault
   */
  public static Source<Object, NotUsed> received(
      Flow.Publisher<ByteBuf> elements,
      ElementCodec codec,
      StreamLife life,
      Function<StreamFailure, ? extends Throwable> failures) {
    return Source.fromGraph(new ElementInput(elements, codec, life, failures));
  }

  /** A user's source at its producer's end, handed over within the process. */
  public static Source<Object, NotUsed> produced(
      Source<Object, NotUsed> source, StreamLife life, Class<?> elementType) {
    Guard guard = new Guard(life, elementType, Faults::ofProducer);
    return Source.fromMaterializer(
            (materializer, attributes) ->
                // Looked at before the guard does: what has been given up is not started again.
                life.refusal()
                    .<Source<Object, NotUsed>>map(why -> Source.failed(Faults.ofProducer(why)))
                    .orElseGet(() -> source.via(guard)))
        .mapMaterializedValue(unused -> NotUsed.getInstance());
  }

  /**
   * The same at its reader's end: it can be run once, and starts when it is first asked for an
   * element. If it is cancelled before, what it was produced by learns of that at once.
   *
   * @param runner lets what is never asked for learn so
   * @param failures what its reader is told of a fault
   */
  public static Source<Object, NotUsed> read(
      Source<Object, NotUsed> produced,
      StreamLife life,
      StreamRunner runner,
      Function<StreamFailure, ? extends Throwable> failures) {
    Guard guard = new Guard(life, Object.class, thrown -> told(thrown, failures));
    // Looked at before the guard does: what cannot be read again is not started again either.
    return Source.lazySource(
            () ->
                life.refusal()
                    .<Source<Object, NotUsed>>map(refused -> Source.failed(told(refused, failures)))
                    .orElseGet(() -> produced.via(guard)))
        .mapMaterializedValue(
            begun -> {
              var unused =
                  begun.whenComplete(
                      (none, notBegun) -> {
                        if (notBegun != null && life.decline()) {
                          runner.discard(produced);
                        }
                      });
              return NotUsed.getInstance();
            });
  }

  private static Throwable told(
      Throwable thrown, Function<StreamFailure, ? extends Throwable> failures) {
    return thrown instanceof StreamFailure failure ? failures.apply(failure) : thrown;
  }
}
