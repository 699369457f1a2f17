package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.host.Probe.Command;
import io.actormesh.runtime.host.Probe.Say;
import io.actormesh.runtime.link.LinkLoops;
import io.actormesh.runtime.policy.ExecutionModel;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HostDispatchersTest {

  private static final ServiceContract<Command> OTHER = ServiceContract.of("other", Command.class);

  private final LinkLoops loops = LinkLoops.start("test", 2);
  private final HostFixture mesh = new HostFixture(HostFixture.CONFIG, List.copyOf(loops.all()));
  private final CountDownLatch gate = new CountDownLatch(1);

  @AfterEach
  void close() {
    gate.countDown();
    mesh.close();
    loops.shutdown(Duration.ZERO).toCompletableFuture().join();
  }

  /** Answers with the name of the thread it runs on; blocks it when told so. */
  private Behavior<Command> thread() {
    return Behaviors.receive(Command.class)
        .onMessage(
            Say.class,
            say -> {
              if (say.text().equals("block")) {
                gate.await();
              }
              say.replyTo().tell(Thread.currentThread().getName());
              return Behaviors.same();
            })
        .build();
  }

  private void serveOn(ExecutionModel model) {
    mesh.with(new HostFixture.Policy().on(model)).serve(this::thread);
  }

  @Test
  void theDefaultIsAPool() {
    serveOn(ExecutionModel.DISPATCHER);
    assertThat(mesh.call(mesh.say("x")).awaitReply().toString())
        .contains("actormesh.dispatchers.service");
    assertThat(mesh.host.status().get(0).execution()).isEqualTo(ExecutionModel.DISPATCHER);
  }

  @Test
  void onTheEventLoopACallRunsWhereItArrived() {
    serveOn(ExecutionModel.EVENT_LOOP);
    // an actor that is still running when a call arrives finishes where it runs: so try again
    await().until(() -> answeredOn(loops.all().get(0)).equals("test-link-1"));
    await().until(() -> answeredOn(loops.all().get(1)).equals("test-link-2"));
    assertThat(mesh.host.status().get(0).execution()).isEqualTo(ExecutionModel.EVENT_LOOP);
  }

  private Object answeredOn(EventLoop loop) {
    FakeCall call = mesh.say("x");
    loop.execute(() -> mesh.call(call));
    return call.awaitReply();
  }

  @Test
  void aCallFromAnotherThreadRunsOnSomeLoop() {
    serveOn(ExecutionModel.EVENT_LOOP);
    assertThat(mesh.call(mesh.say("x")).awaitReply().toString()).startsWith("test-link-");
  }

  @Test
  void anIdleDispatcherDoesNotEndTheLoops() {
    serveOn(ExecutionModel.EVENT_LOOP);
    mesh.host.withdraw("probe", Duration.ofSeconds(10)).toCompletableFuture().join();
    // longer than the shut-down time-out of an idle dispatcher, which is 1 s
    await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
    serveOn(ExecutionModel.EVENT_LOOP);
    assertThat(mesh.call(mesh.say("x")).awaitReply().toString()).startsWith("test-link-");
  }

  @Test
  void aServiceThatHogsItsLoopIsMovedToThePool() {
    serveOn(ExecutionModel.EVENT_LOOP);
    mesh.policy("other")
        .publish(new HostFixture.Policy().on(ExecutionModel.EVENT_LOOP).of("other"));
    mesh.serve(OTHER, this::thread);
    FakeCall blocking = mesh.call(mesh.say("block"));
    await().until(() -> status("probe").movedToPool());
    assertThat(status("probe").execution()).isEqualTo(ExecutionModel.DISPATCHER);
    assertThat(status("other").movedToPool()).isFalse();
    gate.countDown();
    assertThat(blocking.awaitReply().toString()).startsWith("test-link-");
    await()
        .until(
            () ->
                mesh.call(mesh.say("x"))
                    .awaitReply()
                    .toString()
                    .contains("actormesh.dispatchers.service"));
  }

  private HostedServiceStatus status(String service) {
    return mesh.host.status().stream()
        .filter(each -> each.service().equals(service))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void actorsStopInOrderEvenIfTheLoopsHaveEnded() {
    serveOn(ExecutionModel.EVENT_LOOP);
    loops.shutdown(Duration.ZERO).toCompletableFuture().join();
    mesh.host.drain(Duration.ofSeconds(10)).toCompletableFuture().join();
    assertThat(mesh.host.status()).isEmpty();
  }

  @Test
  void withoutLoopsAServiceThatAsksForThemIsRefused() {
    try (HostFixture loopless = new HostFixture()) {
      loopless.with(new HostFixture.Policy().on(ExecutionModel.EVENT_LOOP));
      assertThatThrownBy(() -> loopless.serve(this::thread))
          .hasRootCauseInstanceOf(HostException.class)
          .hasMessageContaining("no event loops");
      loopless.with(new HostFixture.Policy()).serve(this::thread);
    }
  }
}
