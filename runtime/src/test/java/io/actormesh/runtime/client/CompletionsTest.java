package io.actormesh.runtime.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompletionsTest {

  private static final int MOST = 64;

  private final ExecutorService pool = Executors.newCachedThreadPool();
  private final Completions completions = new Completions(pool, pool, MOST);

  @AfterEach
  void close() {
    pool.shutdownNow();
  }

  @Test
  void thoseThatBlockHoldUpNothingButThemselves() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    CountDownLatch blocked = new CountDownLatch(10);
    for (int i = 0; i < 10; i++) {
      completions.add(
          () -> {
            blocked.countDown();
            await(release);
          });
    }
    assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();

    CountDownLatch others = new CountDownLatch(1_000);
    for (int i = 0; i < 1_000; i++) {
      completions.add(others::countDown);
    }

    assertThat(others.await(10, TimeUnit.SECONDS)).isTrue();
    release.countDown();
  }

  @Test
  void allOfThemMayWaitForOnesThatComeLater() throws Exception {
    int waiters = 20;
    List<CompletableFuture<String>> inner = new ArrayList<>();
    CountDownLatch reached = new CountDownLatch(waiters);
    CountDownLatch done = new CountDownLatch(waiters);
    for (int i = 0; i < waiters; i++) {
      CompletableFuture<String> later = new CompletableFuture<>();
      inner.add(later);
      completions.add(
          () -> {
            reached.countDown();
            later.join();
            done.countDown();
          });
    }
    assertThat(reached.await(10, TimeUnit.SECONDS)).isTrue();

    inner.forEach(later -> completions.add(() -> later.complete("")));

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsAddedWhileATaskIsOnItsWayNeedsNoOther() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Completions lazy = new Completions(tasks::add, tasks::add, 4);
    AtomicInteger run = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      lazy.add(run::incrementAndGet);
    }
    assertThat(tasks).hasSize(1);

    tasks.remove().run();

    // The second one would have taken over, had the first one been held up.
    assertThat(run).hasValue(100);
    assertThat(tasks).hasSize(1);
    tasks.remove().run();
    assertThat(tasks).isEmpty();
  }

  @Test
  void oneThatThrowsEndsNoOther() {
    Queue<Runnable> tasks = new ArrayDeque<>();
    Completions lazy = new Completions(tasks::add, tasks::add, 4);
    AtomicInteger run = new AtomicInteger();
    lazy.add(
        () -> {
          throw new IllegalStateException("a callback's own");
        });
    lazy.add(run::incrementAndGet);
    while (!tasks.isEmpty()) {
      try {
        tasks.remove().run();
      } catch (IllegalStateException expected) {
        assertThat(expected).hasMessage("a callback's own");
      }
    }
    assertThat(run).hasValue(1);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
