package io.actormesh.runtime.host;

import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The two ends of a service's life here: when all instances have started, and when all are gone.
 */
final class ServiceLife {

  private final String service;
  private final int instances;
  private final BitSet seen = new BitSet();
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile Runnable cleanup = () -> {};
  private final CompletableFuture<Void> started = new CompletableFuture<>();
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  ServiceLife(String service, int instances) {
    this.service = service;
    this.instances = instances;
  }

  /** An instance has started, for the first time or again. */
  void ready(int instance) {
    if (markSeen(instance)) {
      started.complete(null);
    }
  }

  private synchronized boolean markSeen(int instance) {
    seen.set(instance);
    return seen.cardinality() == instances;
  }

  private synchronized boolean hasSeen(int instance) {
    return seen.get(instance);
  }

  /**
   * An actor is gone. Whether that means that the service cannot be hosted at all: an instance that
   * fails before it has ever started would do so again and again, and who starts it is to know.
   */
  boolean failedToStart(int instance, Throwable cause) {
    if (hasSeen(instance)) {
      return false;
    }
    String message = "service " + service + " cannot be hosted: its instance " + instance;
    return started.completeExceptionally(
        new HostException(message + " did not start: " + Refusals.describe(cause), cause));
  }

  /** Its actors could not even be made. */
  void cannotStart(RuntimeException cause) {
    String message = "service " + service + " cannot be hosted: " + cause.getMessage();
    started.completeExceptionally(new HostException(message, cause));
    stopped();
  }

  /** What is to be done when all actors are gone, before anybody else is told. */
  void onStopped(Runnable action) {
    cleanup = action;
  }

  /** All actors are gone for good. */
  void stopped() {
    if (!over.compareAndSet(false, true)) {
      return;
    }
    cleanup.run();
    started.completeExceptionally(
        new HostException("service " + service + " was stopped before it had started"));
    stopped.complete(null);
  }

  CompletionStage<Void> whenStarted() {
    return started;
  }

  CompletionStage<Void> whenStopped() {
    return stopped;
  }
}
