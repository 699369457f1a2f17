package io.actormesh.it;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Of this the mesh has one: each entry it makes is printed, also those whose reply gets lost. */
final class Ledger {

  static final ServiceContract<Command> CONTRACT =
      ServiceContract.builder("ledger", Command.class).build();

  private static final Pattern LINE =
      Pattern.compile("ENTRY (\\d+) by (\\S+) from (\\d+) to (\\d+)");
  private static final long WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

  sealed interface Command {}

  record Enter(long id, ActorRef<Entered> replyTo) implements Command {}

  record Entered(String by) {}

  /**
   * One execution, in microseconds of this machine's clock.
   *
   * @param by the node, and which of its incarnations
   */
  record Entry(long id, String by, long began, long ended) {}

  private Ledger() {}

  static Behavior<Command> create(String node) {
    String self = node + "/" + micros();
    return Behaviors.receive(Command.class)
        .onMessage(Enter.class, enter -> run(self, enter))
        .build();
  }

  private static Behavior<Command> run(String self, Enter enter) {
    long began = micros();
    LockSupport.parkNanos(WORK_NANOS);
    System.out.println(
        String.format(
            Locale.ROOT, "ENTRY %d by %s from %d to %d", enter.id(), self, began, micros()));
    enter.replyTo().tell(new Entered(self));
    return Behaviors.same();
  }

  private static long micros() {
    var now = java.time.Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
  }

  /** The executions that a node has printed. */
  static List<Entry> read(String log) {
    return LINE.matcher(log).results().map(Ledger::entry).toList();
  }

  private static Entry entry(MatchResult line) {
    return new Entry(
        Long.parseLong(line.group(1)),
        line.group(2),
        Long.parseLong(line.group(3)),
        Long.parseLong(line.group(4)));
  }
}
