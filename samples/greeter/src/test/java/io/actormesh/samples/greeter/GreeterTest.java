package io.actormesh.samples.greeter;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.samples.greeter.Greeter.Greet;
import io.actormesh.samples.greeter.Greeter.Greeting;
import org.apache.pekko.actor.testkit.typed.javadsl.BehaviorTestKit;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.junit.jupiter.api.Test;

/** Plain Pekko: no mesh needed. */
class GreeterTest {
  @Test
  void greetsByName() {
    TestInbox<Greeting> inbox = TestInbox.create();
    BehaviorTestKit.create(Greeter.create()).run(new Greet("Ann", inbox.getRef()));
    assertThat(inbox.receiveMessage()).isEqualTo(new Greeting("Hello, Ann!"));
  }
}
