package io.actormesh.runtime.admin;

import io.actormesh.membership.registry.ControlMessage;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pekko.actor.typed.ActorRef;

/** What collectors of different nodes say to each other. The class names are on the wire. */
sealed interface FiguresMessage extends TelemetryCollector.Command, ControlMessage {

  /**
   * Tell me what you have counted.
   *
   * @param collection comes back with the answer
   * @param address the address at which the node is asked; comes back, too
   * @param replyTo who asks
   */
  record Ask(long collection, String address, ActorRef<TelemetryCollector.Command> replyTo)
      implements FiguresMessage {}

  /**
   * A part of an answer, small enough for one message.
   *
   * @param collection what it answers
   * @param address the answering node, as it was asked
   * @param index the number of the part, from 0
   * @param last whether nothing follows
   * @param figures the part
   */
  record Part(long collection, String address, int index, boolean last, NodeFigures figures)
      implements FiguresMessage {

    /** Rows to a part: at some 600 bytes each they stay well below Artery's frame of 256 KiB. */
    private static final int ROWS = 64;

    static List<Part> split(Ask ask, NodeFigures whole) {
      int instances = whole.instances().size();
      int rows = Math.max(whole.edges().size(), Math.max(instances, whole.links().size()));
      int parts = Math.max(1, (rows + ROWS - 1) / ROWS);
      return IntStream.range(0, parts).mapToObj(i -> part(ask, whole, i, parts)).toList();
    }

    private static Part part(Ask ask, NodeFigures whole, int index, int parts) {
      NodeFigures slice =
          new NodeFigures(
              whole.node(),
              slice(whole.edges(), index),
              slice(whole.instances(), index),
              slice(whole.links(), index),
              index == 0 ? whole.warnings() : List.of());
      return new Part(ask.collection(), ask.address(), index, index == parts - 1, slice);
    }

    private static <T> List<T> slice(List<T> all, int index) {
      int size = all.size();
      return all.subList(Math.min(size, index * ROWS), Math.min(size, (index + 1) * ROWS));
    }
  }
}
