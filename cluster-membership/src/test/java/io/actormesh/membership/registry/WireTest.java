package io.actormesh.membership.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.typesafe.config.ConfigFactory;
import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.InstanceState;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.ServiceEntry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.apache.pekko.serialization.jackson.JacksonObjectMapperProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What registries send each other, on the wire. */
class WireTest {

  private static final ActorSystem<Void> SYSTEM =
      ActorSystem.create(
          Behaviors.empty(),
          "wire",
          ConfigFactory.parseString("pekko.actor.allow-java-serialization = off")
              .withFallback(ConfigFactory.load()));
  private static final Serialization SERIALIZATION = SerializationExtension.get(SYSTEM);
  private static final ObjectMapper CBOR =
      JacksonObjectMapperProvider.get(SYSTEM)
          .getOrCreate("jackson-cbor", Optional.of(new CBORFactory()));
  private static final NodeId NODE = new NodeId("127.0.0.1:7355", -7);

  @AfterAll
  static void terminate() {
    SYSTEM.terminate();
  }

  @ParameterizedTest
  @MethodSource("words")
  void everyWordComesBackAsItWas(Word word) {
    Envelope envelope = new Envelope(word);
    byte[] bytes = SERIALIZATION.serialize(envelope).get();
    Object back =
        SERIALIZATION
            .deserialize(
                bytes,
                SERIALIZATION.findSerializerFor(envelope).identifier(),
                Serializers.manifestFor(SERIALIZATION.findSerializerFor(envelope), envelope))
            .get();
    assertThat(back).isEqualTo(envelope);
  }

  static List<Word> words() {
    Amendment amendment =
        new Amendment(
            NODE,
            3,
            4,
            NodeState.READY,
            Map.of("cart", List.of(new InstanceEntry(0, InstanceState.SERVING, 1))),
            Map.of("cart", List.of(1)));
    return List.of(
        new Word.Announce(entry()), new Word.Amend(amendment), new Word.Holds(NODE, NODE, 3));
  }

  @Test
  void typesAreNamedByWordsNotByClasses() throws IOException {
    assertThat(tree(new Word.Announce(entry())).at("/word/type").asText()).isEqualTo("announce");
  }

  @Test
  void whatANewerReleaseAddsIsSkipped() throws IOException {
    ObjectNode envelope = tree(new Word.Announce(entry()));
    ((ObjectNode) envelope.at("/word")).put("added", 1);
    ((ObjectNode) envelope.at("/word/entry/node")).put("rack", "r7");
    assertThat(read(envelope)).isEqualTo(new Envelope(new Word.Announce(entry())));
  }

  @Test
  void aWordThatANewerReleaseSaysIsHarmless() throws IOException {
    ObjectNode envelope = tree(new Word.Holds(NODE, NODE, 3));
    ((ObjectNode) envelope.at("/word")).put("type", "sing");
    assertThat(read(envelope)).isEqualTo(new Envelope(new Word.Unknown()));
  }

  @Test
  void statesOfANewerReleaseAreThereButNeverChosen() throws IOException {
    ObjectNode envelope = tree(new Word.Announce(entry()));
    ((ObjectNode) envelope.at("/word/entry")).put("state", "HIBERNATING");
    ((ObjectNode) envelope.at("/word/entry/services/cart/instances/0")).put("state", "PARKED");
    NodeEntry read = ((Word.Announce) read(envelope).word()).entry();
    assertThat(read.state()).isEqualTo(NodeState.STARTING);
    assertThat(read.services().values())
        .flatExtracting(ServiceEntry::instances)
        .extracting(InstanceEntry::state)
        .containsExactly(InstanceState.SERVING);
  }

  private static ObjectNode tree(Word word) throws IOException {
    return (ObjectNode) CBOR.readTree(CBOR.writeValueAsBytes(new Envelope(word)));
  }

  private static Envelope read(ObjectNode tree) throws IOException {
    return CBOR.readValue(CBOR.writeValueAsBytes(tree), Envelope.class);
  }

  private static NodeEntry entry() {
    NodeDescriptor node =
        new NodeDescriptor(NODE, "n", "z", "1.0", Map.of("tier", "web"), "127.0.0.1", 1, 2, 3);
    ServiceEntry cart =
        new ServiceEntry(
            "cart", "schema", List.of(new InstanceEntry(0, InstanceState.READY, 1)), false);
    return new NodeEntry(node, NodeState.READY, 4, Map.of("cart", cart));
  }
}
