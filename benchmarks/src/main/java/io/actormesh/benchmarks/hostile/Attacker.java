package io.actormesh.benchmarks.hostile;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that runs one attack until its input ends, and then says how often it connected and was
 * cut. Arguments: the port, the attack's name.
 */
public final class Attacker {

  private final int port;
  private final Ended ended;
  private long connected;
  private long cut;

  private Attacker(int port, Ended ended) {
    this.port = port;
    this.ended = ended;
  }

  /** Whether it is over. */
  private interface Ended {
    boolean now() throws IOException;
  }

  public static void main(String[] arguments) throws IOException {
    Attack attack =
        Attacks.all().stream()
            .filter(each -> each.name().equals(arguments[1]))
            .findFirst()
            .orElseThrow();
    Attacker attacker =
        new Attacker(Integer.parseInt(arguments[0]), () -> System.in.available() > 0);
    if (attack instanceof Attack.Held held) {
      attacker.hold(held);
    } else {
      attacker.repeat((Attack.Repeated) attack);
    }
    System.out.println(attacker.connected + " " + attacker.cut);
  }

  /** Each second's connections are let go a second later, whatever has become of them. */
  private void repeat(Attack.Repeated attack) throws IOException {
    List<Connection> open = new ArrayList<>();
    long interval = TimeUnit.SECONDS.toNanos(1) / attack.perSecond();
    for (long due = System.nanoTime(); !ended.now(); due += interval) {
      until(due);
      Connection connection = connect();
      if (connection != null) {
        step(connection, attack.step());
        open.add(connection);
      }
      if (open.size() > attack.perSecond()) {
        Connection.close(open.remove(0));
      }
    }
    open.forEach(Connection::close);
  }

  private void hold(Attack.Held attack) throws IOException {
    @Nullable Connection[] open = new Connection[attack.connections()];
    long interval = (long) (1e9 / attack.perSecond() / attack.connections());
    long due = System.nanoTime();
    for (int i = 0; !ended.now(); i = (i + 1) % open.length) {
      Connection connection = open[i];
      if (connection == null) {
        connection = connect();
        open[i] = connection != null && step(connection, attack.begin()) ? connection : null;
      } else if (!step(connection, attack.step())) {
        open[i] = null;
      }
      due += interval;
      until(due);
    }
    for (Connection connection : open) {
      Connection.close(connection);
    }
  }

  private @Nullable Connection connect() {
    try {
      Connection connection = Connection.hasty(port);
      connected++;
      return connection;
    } catch (IOException refused) {
      cut++;
      return null;
    }
  }

  private boolean step(Connection connection, Attack.Step step) {
    try {
      step.on(connection);
      return true;
    } catch (IOException over) {
      cut++;
      Connection.close(connection);
      return false;
    }
  }

  private static void until(long due) {
    for (long left; (left = due - System.nanoTime()) > 0; ) {
      LockSupport.parkNanos(left);
    }
  }
}
