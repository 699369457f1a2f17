package io.actormesh.membership.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.membership.InstanceEntry;
import io.actormesh.membership.InstanceState;
import io.actormesh.membership.NodeDescriptor;
import io.actormesh.membership.NodeEntry;
import io.actormesh.membership.NodeId;
import io.actormesh.membership.NodeState;
import io.actormesh.membership.ServiceEntry;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class AmendmentTest {

  private static final NodeDescriptor NODE =
      new NodeDescriptor(
          new NodeId("127.0.0.1:1", 1), "n", "", "1", Map.of(), "127.0.0.1", 1, 0, 0);

  @Property
  void whatItMakesOfTheOneVersionIsTheOther(
      @ForAll("entries") NodeEntry before, @ForAll("entries") NodeEntry after) {
    NodeEntry next = after.withRevision(before.revision() + 1);
    Amendment.between(before, next)
        .ifPresent(amendment -> assertThat(amendment.applied(before)).contains(next));
  }

  @Property
  void itAppliesToNoOtherRevision(@ForAll("entries") NodeEntry before) {
    NodeEntry next = before.withState(NodeState.DRAINING).withRevision(before.revision() + 1);
    Amendment amendment = Amendment.between(before, next).orElseThrow();
    assertThat(amendment.applied(before.withRevision(before.revision() + 7))).isEmpty();
    assertThat(amendment.applied(next)).isEmpty();
  }

  @Test
  void theChangeOfOneInstanceNamesThatOneAlone() {
    NodeEntry before = entry(1, service("cart", "s", ready(0), ready(1), ready(2)));
    NodeEntry after = entry(2, service("cart", "s", ready(0), draining(1), ready(2)));
    Amendment amendment = Amendment.between(before, after).orElseThrow();
    assertThat(amendment.instances()).isEqualTo(Map.of("cart", List.of(draining(1))));
    assertThat(amendment.gone()).isEmpty();
  }

  @Test
  void instancesComeAndGo() {
    NodeEntry before = entry(1, service("cart", "s", ready(0), ready(1)));
    NodeEntry after = entry(2, service("cart", "s", ready(1), ready(2)));
    assertThat(Amendment.between(before, after).orElseThrow().gone())
        .isEqualTo(Map.of("cart", List.of(0)));
  }

  @Test
  void servicesAndSchemasNeedTheWhole() {
    NodeEntry before = entry(1, service("cart", "s", ready(0)));
    assertThat(Amendment.between(before, entry(2, service("cart", "t", ready(0))))).isEmpty();
    assertThat(Amendment.between(before, entry(2))).isEmpty();
    assertThat(Amendment.between(before, entry(2, service("till", "s", ready(0))))).isEmpty();
  }

  @Provide
  Arbitrary<NodeEntry> entries() {
    Arbitrary<List<ServiceEntry>> services =
        services("cart").flatMap(cart -> services("till").map(till -> List.of(cart, till)));
    return Combinators.combine(Arbitraries.of(NodeState.class), services)
        .as((state, offered) -> entry(1, offered.toArray(ServiceEntry[]::new)).withState(state));
  }

  private static Arbitrary<ServiceEntry> services(String name) {
    Arbitrary<List<InstanceEntry>> instances =
        Combinators.combine(
                Arbitraries.integers().between(0, 4),
                Arbitraries.of(InstanceState.class),
                Arbitraries.integers().between(0, 2))
            .as(InstanceEntry::new)
            .list()
            .ofMaxSize(4)
            .uniqueElements(InstanceEntry::id);
    return Combinators.combine(Arbitraries.of("s", "t"), instances)
        .as((schema, list) -> new ServiceEntry(name, schema, list, false));
  }

  private static NodeEntry entry(long revision, ServiceEntry... services) {
    return new NodeEntry(
        NODE,
        NodeState.READY,
        revision,
        List.of(services).stream()
            .collect(Collectors.toMap(ServiceEntry::service, Function.identity())));
  }

  private static ServiceEntry service(String name, String schema, InstanceEntry... instances) {
    return new ServiceEntry(name, schema, List.of(instances), false);
  }

  private static InstanceEntry ready(int id) {
    return new InstanceEntry(id, InstanceState.READY, 1);
  }

  private static InstanceEntry draining(int id) {
    return new InstanceEntry(id, InstanceState.SERVING, 1);
  }
}
