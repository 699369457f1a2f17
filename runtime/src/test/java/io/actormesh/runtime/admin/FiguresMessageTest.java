package io.actormesh.runtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.admin.FiguresMessage.Ask;
import io.actormesh.runtime.admin.FiguresMessage.Part;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

class FiguresMessageTest {

  private static final PeerNode PEER = new PeerNode("n2", "host:1", true);
  private static final NodeFigures OWN =
      new NodeFigures("n1", List.of(), List.of(), List.of(), List.of());

  private final CompletableFuture<CollectedFigures> answer = new CompletableFuture<>();
  private final Gathering gathering = new Gathering(OWN, List.of(PEER), answer);

  @Property(tries = 60)
  void whatIsSplitIsPutTogetherAgain(@ForAll @IntRange(max = 400) int links) {
    NodeFigures whole = figures(links);
    CompletableFuture<CollectedFigures> joined = new CompletableFuture<>();
    Gathering all = new Gathering(OWN, List.of(PEER), joined);
    for (Part part : Part.split(ask(), whole)) {
      assertThat(all.isComplete()).isFalse();
      assertThat(part.figures().links()).hasSizeLessThanOrEqualTo(64);
      all.add(part);
    }
    assertThat(all.isComplete()).isTrue();
    all.finish();
    assertThat(joined.getNow(null).nodes()).containsExactly(OWN, whole);
  }

  @Test
  void anAnswerWithALostPartIsNoAnswer() {
    List<Part> parts = Part.split(ask(), figures(200));
    gathering.add(parts.get(0));
    gathering.add(parts.get(2));
    gathering.add(parts.get(3));
    assertThat(gathering.isComplete()).isFalse();
    gathering.finish();
    assertThat(answer.getNow(null).missing()).containsExactly("n2");
    assertThat(answer.getNow(null).nodes()).containsExactly(OWN);
  }

  @Test
  void anAnswerOfSomebodyWhoWasNotAskedIsIgnored() {
    Ask other = new Ask(1, "host:2", TestInbox.<TelemetryCollector.Command>create().getRef());
    Part.split(other, figures(1)).forEach(gathering::add);
    assertThat(gathering.isComplete()).isFalse();
  }

  private static Ask ask() {
    return new Ask(1, "host:1", TestInbox.<TelemetryCollector.Command>create().getRef());
  }

  private static NodeFigures figures(int links) {
    List<LinkFigures> all =
        IntStream.range(0, links).mapToObj(i -> new LinkFigures("n" + i, "UP", i, 0)).toList();
    return new NodeFigures(
        "n2", List.of(), List.of(), all, List.of(new HealthWarning("front-door", "It is late.")));
  }
}
