package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.host.Probe.Command;
import io.actormesh.runtime.host.Probe.Say;
import io.actormesh.runtime.link.RefusalReason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.ActorPath;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.actor.FunctionRef;
import org.apache.pekko.actor.InternalActorRef;
import org.apache.pekko.actor.InvalidMessageException;
import org.apache.pekko.actor.Terminated;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestProbe;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Adapter;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.dispatch.sysmsg.Watch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import scala.runtime.BoxedUnit;

/** Fails when a new Pekko changes what the reply ref is built on. */
class ReplyRefTest {

  private static final Config REMOTE =
      ConfigFactory.parseString(
              """
              pekko.loglevel = WARNING
              pekko.actor.provider = remote
              pekko.remote.artery.transport = tcp
              pekko.remote.artery.canonical.hostname = "127.0.0.1"
              pekko.remote.artery.canonical.port = 0
              pekko.actor.allow-java-serialization = off
              pekko.actor.serialization-bindings {
                "io.actormesh.runtime.host.ReplyRefTest$Forwarded" = jackson-cbor
              }
              """)
          .withFallback(ConfigFactory.load());

  /** A message between nodes that carries the reply ref of a call. */
  record Forwarded(String text, ActorRef<String> replyTo) {}

  private final List<ActorRef<String>> refs = new CopyOnWriteArrayList<>();
  private HostFixture mesh = new HostFixture();

  @AfterEach
  void close() {
    mesh.close();
  }

  /** Keeps the reply refs it is given. */
  private Behavior<Command> keeper() {
    return Behaviors.receive(Command.class)
        .onMessage(
            Say.class,
            say -> {
              refs.add(say.replyTo());
              return Behaviors.same();
            })
        .build();
  }

  private FakeCall heldCall() {
    FakeCall call = mesh.call(mesh.say("x"));
    await().until(() -> !refs.isEmpty());
    return call;
  }

  @Test
  void watchingItEndsWithTheCall() {
    mesh.serve(this::keeper);
    FakeCall call = heldCall();
    TestProbe<Object> probe = mesh.kit.createTestProbe();
    TestProbe<Object> other = mesh.kit.createTestProbe();
    watcher(refs.get(0), probe.ref());
    watcher(refs.get(0), other.ref());
    assertThat(probe.expectMessageClass(String.class)).isEqualTo("watching");
    probe.expectNoMessage(Duration.ofMillis(50));
    refs.get(0).tell("done");
    assertThat(call.awaitReply()).isEqualTo("done");
    probe.expectMessage("terminated");
    other.expectMessage("watching");
    other.expectMessage("terminated");
    watcher(refs.get(0), probe.ref());
    probe.expectMessage("watching");
    probe.expectMessage("terminated");
  }

  /** Such a watch found the ref by its path, and then names somebody who is not there any more. */
  @Test
  void aRemoteWatchThatIsReadWhileTheCallEndsIsAnswered() throws InterruptedException {
    mesh.serve(this::keeper);
    FakeCall call = heldCall();
    InternalActorRef ref = (InternalActorRef) Adapter.toClassic(refs.get(0));
    ActorPath path = ref.path();
    refs.get(0).tell("done");
    assertThat(call.awaitReply()).isEqualTo("done");
    await()
        .untilAsserted(
            () -> assertThat(ref.provider().resolveActorRef(path)).isNotSameAs(ref).isEqualTo(ref));
    InternalActorRef named = (InternalActorRef) ref.provider().resolveActorRef(path);
    BlockingQueue<Object> told = new ArrayBlockingQueue<>(1);
    FunctionRef watcher =
        new FunctionRef(
            path.child("watcher"),
            ref.provider(),
            Adapter.toClassic(mesh.kit.system()),
            (sender, message) -> {
              told.add(message);
              return BoxedUnit.UNIT;
            });

    ref.sendSystemMessage(new Watch(named, watcher));

    assertThat(told.poll(10, TimeUnit.SECONDS)).isInstanceOf(Terminated.class);
  }

  private ActorRef<String> watcher(ActorRef<?> watched, ActorRef<Object> told) {
    return mesh.kit.spawn(
        Behaviors.<String>setup(
            context -> {
              context.watchWith(watched, "terminated");
              told.tell("watching");
              return Behaviors.receiveMessage(
                  message -> {
                    told.tell(message);
                    return Behaviors.same();
                  });
            }));
  }

  @Test
  void anUnwatchedEndIsNotTold() {
    mesh.serve(this::keeper);
    FakeCall call = heldCall();
    TestProbe<String> probe = mesh.kit.createTestProbe();
    mesh.kit.spawn(
        Behaviors.<String>setup(
            context -> {
              context.watchWith(refs.get(0), "terminated");
              context.unwatch(refs.get(0));
              probe.ref().tell("unwatched");
              return Behaviors.receiveMessage(
                  (String message) -> {
                    probe.ref().tell(message);
                    return Behaviors.same();
                  });
            }));
    probe.expectMessage("unwatched");
    refs.get(0).tell("done");
    call.awaitReply();
    probe.expectNoMessage(Duration.ofMillis(100));
  }

  @Test
  void aDeadlineEndsTheWatchToo() {
    mesh.serve(this::keeper);
    FakeCall call = mesh.call(mesh.say("x").within(Duration.ofMillis(200)));
    await().until(() -> !refs.isEmpty());
    TestProbe<Object> probe = mesh.kit.createTestProbe();
    watcher(refs.get(0), probe.ref());
    probe.expectMessage("watching");
    assertThat(call.awaitRefusal()).isEqualTo(RefusalReason.UNANSWERED);
    probe.expectMessage("terminated");
  }

  @Test
  void itIsFoundByItsPathWhileTheCallLives() {
    mesh.serve(this::keeper);
    FakeCall call = heldCall();
    String path = ActorRefResolver.get(mesh.kit.system()).toSerializationFormat(refs.get(0));
    assertThat(path).contains("/temp/call");
    ActorRef<String> found = ActorRefResolver.get(mesh.kit.system()).resolveActorRef(path);
    assertThat(found).isEqualTo(refs.get(0)).hasSameHashCodeAs(refs.get(0));
    found.tell("through its path");
    assertThat(call.awaitReply()).isEqualTo("through its path");
    // its path stays what it was, and it is found no longer
    assertThat(refs.get(0).path().toString()).isEqualTo(path);
    ActorRefResolver.get(mesh.kit.system()).<String>resolveActorRef(path).tell("nobody");
    assertThat(mesh.counters.second).hasValue(0);
  }

  @Test
  void aPathAskedForAfterTheEndIsNotRegistered() {
    mesh.serve(this::keeper);
    FakeCall call = heldCall();
    refs.get(0).tell("done");
    call.awaitReply();
    String path = ActorRefResolver.get(mesh.kit.system()).toSerializationFormat(refs.get(0));
    ActorRefResolver.get(mesh.kit.system()).<String>resolveActorRef(path).tell("nobody");
    assertThat(refs.get(0).path()).isSameAs(refs.get(0).path());
    assertThat(mesh.counters.second).hasValue(0);
  }

  @Test
  void classicCodeMayTellItToo() {
    mesh.serve(this::keeper);
    FakeCall call = heldCall();
    org.apache.pekko.actor.ActorRef ref = Adapter.toClassic(refs.get(0));
    assertThatThrownBy(() -> ref.tell(null, org.apache.pekko.actor.ActorRef.noSender()))
        .isInstanceOf(InvalidMessageException.class);
    assertThat(ref.isTerminated()).isFalse();
    ref.tell("classic", org.apache.pekko.actor.ActorRef.noSender());
    assertThat(call.awaitReply()).isEqualTo("classic");
    assertThat(ref.isTerminated()).isTrue();
    assertThat(ref.toString()).contains("temp/call");
  }

  @Test
  void itMayBeForwardedToAnActorOnAnotherNode() {
    mesh.close();
    mesh = new HostFixture(REMOTE, List.of());
    ActorTestKit elsewhere = ActorTestKit.create(REMOTE);
    try {
      ActorRef<Forwarded> answering = elsewhere.spawn(answering(), "answering");
      ActorRef<Forwarded> far = resolveFrom(elsewhere.system(), answering);
      mesh.serve(() -> forwarding(far));
      FakeCall call = mesh.call(mesh.say("hello"));
      assertThat(call.awaitReply()).isEqualTo("hello from elsewhere");
    } finally {
      elsewhere.shutdownTestKit();
    }
  }

  private static Behavior<Forwarded> answering() {
    return Behaviors.receiveMessage(
        (Forwarded forwarded) -> {
          forwarded.replyTo().tell(forwarded.text() + " from elsewhere");
          return Behaviors.same();
        });
  }

  private static Behavior<Command> forwarding(ActorRef<Forwarded> far) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Say.class,
            say -> {
              far.tell(new Forwarded(say.text(), say.replyTo()));
              return Behaviors.same();
            })
        .build();
  }

  private ActorRef<Forwarded> resolveFrom(
      org.apache.pekko.actor.typed.ActorSystem<?> system, ActorRef<Forwarded> ref) {
    String path = ActorRefResolver.get(system).toSerializationFormat(ref);
    ActorSystem here = Adapter.toClassic(mesh.kit.system());
    assertThat(path).doesNotContain(here.name() + "@127.0.0.1:0");
    return ActorRefResolver.get(mesh.kit.system()).resolveActorRef(path);
  }
}
