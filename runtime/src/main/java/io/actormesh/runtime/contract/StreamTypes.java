package io.actormesh.runtime.contract;

import java.lang.reflect.Type;
import java.util.Set;
import java.util.concurrent.Flow;
import java.util.stream.BaseStream;
import org.apache.pekko.stream.SinkRef;
import org.apache.pekko.stream.SourceRef;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.stream.javadsl.Source;

/** Which types are streams to a contract, and which merely look like one. */
final class StreamTypes {
  static final String EXPECTED = "org.apache.pekko.stream.javadsl.Source<T, NotUsed>";

  private static final Class<?> SCALA_SOURCE = org.apache.pekko.stream.scaladsl.Source.class;
  private static final Set<Class<?>> OTHERS =
      Set.of(
          SourceRef.class,
          SinkRef.class,
          Sink.class,
          org.apache.pekko.stream.javadsl.Flow.class,
          Flow.Publisher.class,
          org.reactivestreams.Publisher.class);

  private StreamTypes() {}

  /** Whether it is a {@code Source}, of either DSL. */
  static boolean isSource(Type type) {
    Class<?> raw = TypeResolver.rawOf(type);
    return raw == Source.class || raw == SCALA_SOURCE;
  }

  static boolean isScala(Type type) {
    return TypeResolver.rawOf(type) == SCALA_SOURCE;
  }

  /** Whether somebody who declares it means a stream. */
  static boolean isOtherStream(Class<?> type) {
    return OTHERS.contains(type) || BaseStream.class.isAssignableFrom(type);
  }
}
