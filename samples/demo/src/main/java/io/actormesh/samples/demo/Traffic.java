package io.actormesh.samples.demo;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Customers who come at a steady rate, each on a thread and a connection of its own. */
final class Traffic {

  private static final int CUSTOMERS = 24;
  private static final Duration EVERY = Duration.ofMillis(60);
  private static final long SEED = 2_026;

  private final List<Node> nodes;
  private final Outcomes outcomes;
  private final AtomicInteger orders = new AtomicInteger();
  private final List<Thread> threads = new ArrayList<>();
  private final ExecutorService executor = Executors.newFixedThreadPool(4, Traffic::daemon);

  /** Customers share it while they are in the shop; who owns it has the shop to himself. */
  private final ReentrantReadWriteLock shop = new ReentrantReadWriteLock(true);

  Traffic(List<Node> nodes, Outcomes outcomes) {
    this.nodes = nodes;
    this.outcomes = outcomes;
  }

  /** Requests a second, if every one is answered in time for the next. */
  static int rate() {
    return (int) (CUSTOMERS * 1000L / EVERY.toMillis());
  }

  void start() {
    for (int number = 0; number < CUSTOMERS; number++) {
      int own = number;
      Thread thread = new Thread(() -> shop(own), "customer-" + number);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  /** Waits until nobody is in the shop, runs the task, and lets customers in again. */
  void whileNobodyShops(Runnable task) {
    shop.writeLock().lock();
    try {
      task.run();
    } finally {
      shop.writeLock().unlock();
    }
  }

  /** Lets nobody in any more and waits until all have left. */
  void stop() {
    whileNobodyShops(() -> threads.forEach(Thread::interrupt));
    executor.shutdown();
  }

  private void shop(int number) {
    Customer customer =
        new Customer(number, client(), new Doors(nodes, number, System.nanoTime()), outcomes);
    SplittableRandom random = new SplittableRandom(SEED + number);
    long next = System.nanoTime() + EVERY.toNanos() * number / CUSTOMERS;
    try {
      while (true) {
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        shop.readLock().lockInterruptibly();
        try {
          customer.run(Errand.random(random, "order-" + orders.incrementAndGet()));
        } finally {
          shop.readLock().unlock();
        }
        // Who had to wait does not come more often afterwards.
        next = Math.max(next + EVERY.toNanos(), System.nanoTime());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(1))
        .executor(executor)
        .build();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "http");
    thread.setDaemon(true);
    return thread;
  }
}
