package io.actormesh.router.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.router.Endpoint;
import io.actormesh.router.Endpoint.EndpointInfo;
import io.actormesh.router.EndpointId;
import io.actormesh.router.EndpointSet;
import io.actormesh.router.EndpointState;
import io.actormesh.router.NodeHealth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PowerOfTwoChoicesTest {

  @Test
  void twoChoicesKeepTheFullestNearTheMean() {
    List<Endpoint> endpoints = endpoints(10);
    Picker picker = picker(endpoints, 42);
    for (int i = 0; i < 10_000; i++) {
      picker.pick(Tried.NONE).orElseThrow().begin();
    }
    // With m balls in n bins two choices keep the gap to the mean at O(log log n), whatever m;
    // 10 of 1000 is generous. One choice would leave a gap of about 100.
    assertThat(endpoints)
        .allSatisfy(endpoint -> assertThat(endpoint.inFlight()).isBetween(990, 1010));
  }

  @Property(tries = 200)
  void neverPicksOneThatIsUnusableOrTriedAndFindsOneIfThereIsOne(
      @ForAll @IntRange(min = 0, max = 7) int size,
      @ForAll long seed,
      @ForAll Set<@IntRange(min = 0, max = 6) Integer> unusable,
      @ForAll Set<@IntRange(min = 0, max = 6) Integer> triedNumbers) {
    List<Endpoint> endpoints = endpoints(size);
    for (int i : unusable) {
      if (i < size) {
        endpoints.get(i).health().markUnusable("test");
      }
    }
    Tried tried = endpoint -> triedNumbers.contains(endpoint.id().instance());
    List<Endpoint> free = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      if (endpoint.selectable() && !tried.contains(endpoint)) {
        free.add(endpoint);
      }
    }
    Picker picker = picker(endpoints, seed);
    for (int i = 0; i < 20; i++) {
      var picked = picker.pick(tried);
      assertThat(picked.isPresent()).isEqualTo(!free.isEmpty());
      picked.ifPresent(endpoint -> assertThat(free).contains(endpoint));
    }
  }

  @Test
  void theLessLoadedOfTwoIsAlwaysTaken() {
    List<Endpoint> endpoints = endpoints(2);
    endpoints.get(0).begin();
    Picker picker = picker(endpoints, 7);
    for (int i = 0; i < 50; i++) {
      assertThat(picker.pick(Tried.NONE)).contains(endpoints.get(1));
    }
  }

  @Test
  void equalsAreTakenEquallyOften() {
    List<Endpoint> endpoints = endpoints(5);
    Picker picker = picker(endpoints, 11);
    Integer[] picks = {0, 0, 0, 0, 0};
    for (int i = 0; i < 50_000; i++) {
      picks[picker.pick(Tried.NONE).orElseThrow().id().instance()]++;
    }
    // Binomial with mean 10,000 and a standard deviation of 89: six of them.
    assertThat(picks).allSatisfy(count -> assertThat(count).isBetween(9_460, 10_540));
  }

  private static Picker picker(List<Endpoint> endpoints, long seed) {
    return new PowerOfTwoChoices(new SplittableRandom(seed))
        .newPicker(new EndpointSet(1, endpoints));
  }

  private static List<Endpoint> endpoints(int size) {
    return IntStream.range(0, size).mapToObj(PowerOfTwoChoicesTest::endpoint).toList();
  }

  private static Endpoint endpoint(int number) {
    return new Endpoint(
        new EndpointId("127.0.0.1:1", 1, number),
        new EndpointInfo("n/" + number, EndpointState.READY, "", false, "", "", Map.of(), 1),
        new NodeHealth());
  }
}
