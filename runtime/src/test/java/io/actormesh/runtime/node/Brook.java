package io.actormesh.runtime.node;

import io.actormesh.runtime.contract.ServiceContract;
import io.actormesh.runtime.ingress.IngressRoutes;
import org.apache.pekko.NotUsed;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.pattern.StatusReply;
import org.apache.pekko.stream.javadsl.Source;

/** A service of streams that end in every way, for tests of what is told about them. */
final class Brook {

  static final ServiceContract<Command> CONTRACT = ServiceContract.of("brook", Command.class);

  static final IngressRoutes<Command> ROUTES =
      http -> http.get("/brook/{how}", Watch.class).post("/sum", Sum.class);

  private Brook() {}

  sealed interface Command {}

  /** {@code three}, {@code broken} after two, {@code endless} after two, or {@code dry}. */
  record Watch(String how, ActorRef<StatusReply<Source<Drop, NotUsed>>> replyTo)
      implements Command {}

  record Sum(Source<Drop, NotUsed> drops, ActorRef<StatusReply<Total>> replyTo)
      implements Command {}

  record Drop(int number) {}

  record Total(int sum) {}

  static Behavior<Command> create() {
    return Behaviors.setup(
        context ->
            Behaviors.receive(Command.class)
                .onMessage(Watch.class, Brook::watch)
                .onMessage(Sum.class, sum -> sum(context.getSystem(), sum))
                .build());
  }

  private static Behavior<Command> watch(Watch watch) {
    watch.replyTo().tell(reply(watch.how()));
    return Behaviors.same();
  }

  private static StatusReply<Source<Drop, NotUsed>> reply(String how) {
    return switch (how) {
      case "three" -> StatusReply.success(drops(3));
      case "broken" -> StatusReply.success(drops(3).map(Brook::unlessThird));
      case "endless" -> StatusReply.success(drops(2).concat(Source.never()));
      default -> StatusReply.error("no water");
    };
  }

  private static Source<Drop, NotUsed> drops(int count) {
    return Source.range(1, count).map(Drop::new);
  }

  private static Drop unlessThird(Drop drop) {
    if (drop.number() == 3) {
      throw new IllegalStateException("a dam broke");
    }
    return drop;
  }

  private static Behavior<Command> sum(ActorSystem<?> system, Sum message) {
    var unused =
        message
            .drops()
            .runFold(0, (sum, drop) -> sum + drop.number(), system)
            .whenComplete((sum, failure) -> message.replyTo().tell(total(sum, failure)));
    return Behaviors.same();
  }

  private static StatusReply<Total> total(Integer sum, Throwable failure) {
    return failure == null
        ? StatusReply.success(new Total(sum))
        : StatusReply.error("the drops ran dry");
  }
}
