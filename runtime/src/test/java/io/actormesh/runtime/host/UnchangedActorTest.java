package io.actormesh.runtime.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.actormesh.runtime.call.AmbientContext;
import io.actormesh.runtime.call.CallContext;
import io.actormesh.runtime.host.Probe.Command;
import io.actormesh.runtime.host.Probe.Held;
import io.actormesh.runtime.host.Probe.Note;
import io.actormesh.runtime.host.Probe.Say;
import io.actormesh.runtime.host.Probe.Tick;
import io.actormesh.runtime.link.RefusalReason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.Receive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an actor may do with Pekko, it may do as a service. */
class UnchangedActorTest {

  private final HostFixture mesh = new HostFixture();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    mesh.close();
  }

  @Test
  void itMayAnswerLaterThroughAMessageToItself() {
    mesh.serve(
        () ->
            Behaviors.setup(
                context ->
                    Behaviors.receive(Command.class)
                        .onMessage(
                            Say.class,
                            say -> {
                              context.getSelf().tell(new Held(say.replyTo(), say.text()));
                              return Behaviors.same();
                            })
                        .onMessage(
                            Held.class,
                            held -> {
                              held.replyTo().tell("later " + held.text());
                              return Behaviors.same();
                            })
                        .build()));
    assertThat(mesh.call(mesh.say("x")).awaitReply()).isEqualTo("later x");
  }

  @Test
  void itMayUseTimers() {
    mesh.serve(
        () ->
            Behaviors.withTimers(
                timers ->
                    Behaviors.receive(Command.class)
                        .onMessage(
                            Say.class,
                            say -> {
                              Held held = new Held(say.replyTo(), say.text());
                              timers.startSingleTimer(held, Duration.ofMillis(10));
                              return Behaviors.same();
                            })
                        .onMessage(
                            Held.class,
                            held -> {
                              held.replyTo().tell("timed " + held.text());
                              return Behaviors.same();
                            })
                        .build()));
    assertThat(mesh.call(mesh.say("x")).awaitReply()).isEqualTo("timed x");
  }

  @Test
  void itMayUseMessageAdaptersAskAndPipeToSelf() {
    ActorRef<Say> upstream =
        mesh.kit.spawn(
            Behaviors.receiveMessage(
                (Say say) -> {
                  say.replyTo().tell("asked " + say.text());
                  return Behaviors.same();
                }));
    mesh.serve(() -> Behaviors.setup(context -> asking(context, upstream)));
    assertThat(mesh.call(mesh.say("ask")).awaitReply()).isEqualTo("asked ask");
    assertThat(mesh.call(mesh.say("pipe")).awaitReply()).isEqualTo("piped pipe");
    assertThat(mesh.call(mesh.say("adapt")).awaitReply()).isEqualTo("waiting");
    await().until(() -> seen.contains("asked adapt"));
  }

  private Behavior<Command> asking(ActorContext<Command> context, ActorRef<Say> upstream) {
    ActorRef<String> adapter = context.messageAdapter(String.class, Tick::new);
    return Behaviors.receive(Command.class)
        .onMessage(Say.class, say -> onAsking(context, upstream, adapter, say))
        .onMessage(
            Held.class,
            held -> {
              held.replyTo().tell(held.text());
              return Behaviors.same();
            })
        .onMessage(
            Tick.class,
            tick -> {
              seen.add(tick.text());
              return Behaviors.same();
            })
        .build();
  }

  private Behavior<Command> onAsking(
      ActorContext<Command> context, ActorRef<Say> upstream, ActorRef<String> adapter, Say say) {
    switch (say.text()) {
      case "ask" ->
          context.ask(
              String.class,
              upstream,
              Duration.ofSeconds(10),
              ref -> new Say(say.text(), ref),
              (answer, failure) -> new Held(say.replyTo(), answer));
      case "pipe" ->
          context.pipeToSelf(
              CompletableFuture.supplyAsync(() -> "piped " + say.text()),
              (value, failure) -> new Held(say.replyTo(), value));
      default -> {
        upstream.tell(new Say(say.text(), adapter));
        say.replyTo().tell("waiting");
      }
    }
    return Behaviors.same();
  }

  @Test
  void itMayStash() {
    mesh.serve(
        () ->
            Behaviors.withStash(
                10,
                stash ->
                    Behaviors.receive(Command.class)
                        .onMessage(
                            Say.class,
                            say -> {
                              stash.stash(say);
                              return Behaviors.same();
                            })
                        .onMessage(Note.class, note -> stash.unstashAll(answering(note.text())))
                        .build()));
    List<FakeCall> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      calls.add(mesh.call(mesh.say("s" + i)));
    }
    mesh.call(mesh.note("go"));
    for (int i = 0; i < 3; i++) {
      assertThat(calls.get(i).awaitReply()).isEqualTo("go s" + i);
    }
    assertThat(mesh.call(mesh.say("next")).awaitReply()).isEqualTo("go next");
  }

  private static Behavior<Command> answering(String prefix) {
    return Behaviors.receive(Command.class)
        .onMessage(
            Say.class,
            say -> {
              say.replyTo().tell(prefix + " " + say.text());
              return Behaviors.same();
            })
        .build();
  }

  @Test
  void itMayChangeItsBehaviorAndBeWrittenAsAClass() {
    mesh.serve(() -> Behaviors.setup(Counter::new));
    assertThat(mesh.call(mesh.say("a")).awaitReply()).isEqualTo("a 1");
    assertThat(mesh.call(mesh.say("b")).awaitReply()).isEqualTo("b 2");
    assertThat(mesh.call(mesh.note("switch")).await().kind()).isEqualTo("accepted");
    assertThat(mesh.call(mesh.say("c")).awaitReply()).isEqualTo("switched c");
    // the new behavior handles no notes
    mesh.call(mesh.note("x"));
    await().until(() -> mesh.counters.ended.contains(RefusalReason.UNHANDLED));
  }

  private static final class Counter extends AbstractBehavior<Command> {
    private int count;

    Counter(ActorContext<Command> context) {
      super(context);
    }

    @Override
    public Receive<Command> createReceive() {
      return newReceiveBuilder()
          .onMessage(
              Say.class,
              say -> {
                say.replyTo().tell(say.text() + " " + ++count);
                return this;
              })
          .onMessage(Note.class, note -> answering("switched"))
          .build();
    }
  }

  @Test
  void itMaySuperviseItselfAndThenAThrowEndsTheCallAtItsDeadline() {
    mesh.serve(
        () ->
            Behaviors.supervise(Behaviors.setup((ActorContext<Command> own) -> throwing()))
                .onFailure(IllegalStateException.class, SupervisorStrategy.restart()));
    FakeCall thrown = mesh.call(mesh.say("throw").within(Duration.ofMillis(100)));
    assertThat(mesh.call(mesh.say("x")).awaitReply()).isEqualTo("x");
    assertThat(thrown.awaitRefusal()).isEqualTo(RefusalReason.UNANSWERED);
    assertThat(mesh.counters.replaced).hasValue(0);
    assertThat(seen).containsExactly("started", "started");
    FakeCall unhandled = mesh.call(mesh.check("x"));
    assertThat(unhandled.awaitRefusal()).isEqualTo(RefusalReason.UNHANDLED);
  }

  private Behavior<Command> throwing() {
    seen.add("started");
    return Behaviors.withTimers(
        timers ->
            Behaviors.receive(Command.class)
                .onMessage(
                    Say.class,
                    say -> {
                      if (say.text().equals("throw")) {
                        throw new IllegalStateException("supervised");
                      }
                      say.replyTo().tell(say.text());
                      return Behaviors.same();
                    })
                .build());
  }

  @Test
  void itSeesItsCallDuringReceiveOnlyAndTheReplyRefKnowsItEver() {
    List<CallContext> contexts = new CopyOnWriteArrayList<>();
    List<ActorRef<?>> refs = new CopyOnWriteArrayList<>();
    mesh.serve(
        () ->
            Behaviors.setup(
                context ->
                    Behaviors.receive(Command.class)
                        .onMessage(
                            Say.class,
                            say -> {
                              contexts.add(AmbientContext.current());
                              refs.add(say.replyTo());
                              context.getSelf().tell(new Tick(""));
                              say.replyTo().tell("done");
                              return Behaviors.same();
                            })
                        .onMessage(
                            Tick.class,
                            tick -> {
                              seen.add("tick " + CallContext.current().orElse(null));
                              return Behaviors.same();
                            })
                        .onMessage(
                            Note.class,
                            note -> {
                              contexts.add(AmbientContext.current());
                              return Behaviors.same();
                            })
                        .build()));
    FakeCall call = mesh.call(mesh.say("x"));
    call.awaitReply();
    await().until(() -> seen.contains("tick null"));
    CallContext context = contexts.get(0);
    assertThat(context.service()).isEqualTo("probe");
    assertThat(context.operation()).isEqualTo("say");
    assertThat(context.caller()).isEqualTo("test");
    assertThat(context.identity()).isEqualTo("ann");
    assertThat(context.deadlineNanos()).isEqualTo(call.deadlineNanos);
    assertThat(CallContexts.of(refs.get(0))).containsSame(context);
    assertThat(CallContexts.of(mesh.kit.createTestProbe().ref())).isEmpty();
    // nobody waits for a one-way call: it has its operation's time from its start
    FakeCall note = mesh.call(mesh.note("x").within(Duration.ofMillis(500)));
    await().until(() -> contexts.size() == 2);
    assertThat(contexts.get(1).deadlineNanos() - note.deadlineNanos)
        .isGreaterThan(Duration.ofSeconds(10).toNanos());
  }
}
