package io.actormesh.membership.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.membership.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PublishedTest {

  private final Published<Long> published = new Published<>(0L, Long::longValue);
  private final List<Long> heard = new ArrayList<>();

  @Test
  void aListenerHearsTheCurrentValueAndThenEachNewerOne() {
    try (Subscription subscription = published.subscribe(heard::add)) {
      published.publish(1L);
      published.publish(2L);
      assertThat(subscription).isNotNull();
    }
    assertThat(heard).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aClosedSubscriptionHearsNothingMore() {
    Subscription subscription = published.subscribe(heard::add);
    subscription.close();
    subscription.close();
    published.publish(1L);
    assertThat(heard).containsExactly(0L);
  }

  @Test
  void aListenerThatThrowsHarmsNobody() {
    published.subscribe(
        value -> {
          throw new IllegalStateException("on purpose");
        });
    published.subscribe(heard::add);
    published.publish(1L);
    assertThat(heard).containsExactly(0L, 1L);
    assertThat(published.get()).isEqualTo(1L);
  }

  @Test
  void theOlderOfTwoValuesNeverComesLast() {
    Listener<Long> listener = new Listener<>(heard::add);
    listener.offer(5L, 5);
    listener.offer(4L, 4);
    listener.offer(5L, 5);
    assertThat(heard).containsExactly(5L);
  }
}
