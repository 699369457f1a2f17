package io.actormesh.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LinkLoopsTest {

  private final LinkLoops loops = LinkLoops.start("node", 2);
  private final LinkLoops others = LinkLoops.start("other", 1);

  @AfterEach
  void close() {
    assertThat(loops.shutdown(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(10));
    assertThat(others.shutdown(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(10));
  }

  @Test
  void aLoopKnowsItselfAndOthersDoNot() throws Exception {
    EventLoop loop = loops.next();
    assertThat(loop.submit(loops::current).get(10, TimeUnit.SECONDS)).isSameAs(loop);
    assertThat(loop.submit(loops::inLoop).get(10, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.submit(others::inLoop).get(10, TimeUnit.SECONDS)).isFalse();
    assertThat(loops.inLoop()).isFalse();
    assertThat(loops.current()).isNull();
  }

  @Test
  void theThreadsAreNamedDaemons() throws Exception {
    Thread thread = loops.next().submit(Thread::currentThread).get(10, TimeUnit.SECONDS);
    assertThat(thread.isDaemon()).isTrue();
    assertThat(thread.getName()).startsWith("node-link-");
  }

  @Test
  void thereAreAsManyAsAskedForOrOnePerCore() {
    assertThat(loops.all()).hasSize(2);
    LinkLoops perCore = LinkLoops.start("cores", 0);
    assertThat(perCore.all()).hasSize(Runtime.getRuntime().availableProcessors());
    assertThat(perCore.shutdown(Duration.ZERO)).succeedsWithin(Duration.ofSeconds(10));
    assertThatThrownBy(() -> LinkLoops.start("none", -1)).hasMessage("count: -1 (expected: >= 0)");
  }
}
