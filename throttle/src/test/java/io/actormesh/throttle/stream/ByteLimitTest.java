package io.actormesh.throttle.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.japi.Pair;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.testkit.TestPublisher;
import org.apache.pekko.stream.testkit.TestSubscriber;
import org.apache.pekko.stream.testkit.javadsl.TestSink;
import org.apache.pekko.stream.testkit.javadsl.TestSource;
import org.apache.pekko.testkit.javadsl.TestKit;
import org.apache.pekko.util.ByteString;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ByteLimitTest {

  private static ActorSystem system;

  @BeforeAll
  static void start() {
    system = ActorSystem.create("byte-limit");
  }

  @AfterAll
  static void stop() {
    TestKit.shutdownActorSystem(system);
  }

  private Pair<TestPublisher.Probe<ByteString>, TestSubscriber.Probe<ByteString>> limited(
      long limit) {
    return TestSource.<ByteString>create(system)
        .via(ByteLimit.flow(limit))
        .toMat(TestSink.create(system), Keep.both())
        .run(system);
  }

  @Test
  void letsExactlyTheLimitThroughAndCompletes() {
    var streams = limited(5);
    streams.second().request(3);
    streams.first().sendNext(ByteString.fromString("abc"));
    streams.first().sendNext(ByteString.fromString("de"));
    streams.first().sendComplete();
    streams.second().expectNext(ByteString.fromString("abc"), ByteString.fromString("de"));
    streams.second().expectComplete();
  }

  @Test
  void failsOnTheElementThatGoesOverAndCancelsUpstream() {
    var streams = limited(4);
    streams.second().request(3);
    streams.first().sendNext(ByteString.fromString("abc"));
    streams.first().sendNext(ByteString.fromString("de"));
    streams.second().expectNext(ByteString.fromString("abc"));
    Throwable failure = streams.second().expectError();
    assertThat(failure).isInstanceOf(ByteLimitExceeded.class).hasMessage("more than 4 bytes");
    assertThat(((ByteLimitExceeded) failure).limit()).isEqualTo(4);
    streams.first().expectCancellation();
  }

  @Test
  void asksUpstreamOnlyForWhatDownstreamAskedFor() {
    var streams = limited(100);
    streams.first().ensureSubscription();
    streams.second().ensureSubscription();
    assertThat(streams.first().pending()).isZero();
    streams.second().request(1);
    assertThat(streams.first().expectRequest()).isPositive();
  }

  @Test
  void passesAFailureAndACancelOn() {
    var failing = limited(1);
    failing.second().request(1);
    failing.first().sendError(new IllegalStateException("upstream"));
    assertThat(failing.second().expectError()).hasMessage("upstream");

    var cancelled = limited(1);
    cancelled.second().cancel();
    cancelled.first().expectCancellation();
  }

  @Test
  void aNegativeLimitIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> ByteLimit.flow(-1));
  }
}
