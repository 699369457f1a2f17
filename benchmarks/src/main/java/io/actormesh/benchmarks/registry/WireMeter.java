package io.actormesh.benchmarks.registry;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSelectionMessage;
import org.apache.pekko.remote.artery.RemoteInstrument;

/**
 * Counts what all nodes of this JVM send each other, where Artery has it as bytes: with its
 * envelope, without TCP's headers. Artery makes an instance for each stream, so the counters are
 * the JVM's.
 */
public final class WireMeter extends RemoteInstrument {

  /** Whose traffic it is. */
  enum Kind {
    /** The registry's own messages. */
    DIRECT,
    /** Gossip and deltas of Distributed Data. */
    SHARED,
    /** Membership: gossip, heartbeats, handshakes. */
    CLUSTER
  }

  /** What was sent up to a moment. */
  record Reading(Map<Kind, Long> messages, Map<Kind, Long> bytes) {

    long messages(Kind kind, Reading before) {
      return messages.getOrDefault(kind, 0L) - before.messages.getOrDefault(kind, 0L);
    }

    long bytes(Kind kind, Reading before) {
      return bytes.getOrDefault(kind, 0L) - before.bytes.getOrDefault(kind, 0L);
    }
  }

  private static final Map<Kind, LongAdder> MESSAGES = adders();
  private static final Map<Kind, LongAdder> BYTES = adders();

  /** For Artery. */
  public WireMeter() {}

  static Reading read() {
    return new Reading(values(MESSAGES), values(BYTES));
  }

  @Override
  public byte identifier() {
    return 31;
  }

  @Override
  public void remoteMessageSent(
      ActorRef recipient, Object message, ActorRef sender, int size, long time) {
    Kind kind = kind(message instanceof ActorSelectionMessage selected ? selected.msg() : message);
    of(MESSAGES, kind).increment();
    of(BYTES, kind).add(size);
  }

  @Override
  public void remoteMessageReceived(
      ActorRef recipient, Object message, ActorRef sender, int size, long time) {}

  @Override
  public void remoteWriteMetadata(
      ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

  @Override
  public void remoteReadMetadata(
      ActorRef recipient, Object message, ActorRef sender, ByteBuffer buffer) {}

  private static Kind kind(Object message) {
    String type = message.getClass().getName();
    if (type.startsWith("io.actormesh.membership.registry.")) {
      return Kind.DIRECT;
    }
    return type.startsWith("org.apache.pekko.cluster.ddata.") ? Kind.SHARED : Kind.CLUSTER;
  }

  private static LongAdder of(Map<Kind, LongAdder> adders, Kind kind) {
    return adders.computeIfAbsent(kind, missing -> new LongAdder());
  }

  private static Map<Kind, LongAdder> adders() {
    Map<Kind, LongAdder> adders = new EnumMap<>(Kind.class);
    for (Kind kind : Kind.values()) {
      adders.put(kind, new LongAdder());
    }
    return adders;
  }

  private static Map<Kind, Long> values(Map<Kind, LongAdder> adders) {
    Map<Kind, Long> values = new EnumMap<>(Kind.class);
    adders.forEach((kind, adder) -> values.put(kind, adder.sum()));
    return values;
  }
}
