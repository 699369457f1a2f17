package io.actormesh.runtime.host;

import io.actormesh.runtime.link.InboundCall;
import io.actormesh.runtime.link.LoadReport;
import io.actormesh.runtime.link.Refusal;
import io.actormesh.runtime.link.RefusalReason;

/** The sentences with which the host refuses, and what every refusal must not forget. */
final class Refusals {

  private Refusals() {}

  /** Refuses a call whose payload nobody has taken: releases it first. */
  static void refuse(InboundCall call, Refusal refusal, LoadReport load) {
    if (!call.local()) {
      call.takePayload().release();
    }
    var unused = call.refuse(refusal, load);
  }

  static Refusal draining(String service) {
    return Refusal.of(RefusalReason.DRAINING, "the node takes no new calls to " + service);
  }

  static Refusal gone(String service, int instance) {
    String who =
        instance < 0 ? "no instance of " + service : "instance " + instance + " of " + service;
    return Refusal.of(
        RefusalReason.INSTANCE_GONE,
        instance < 0 ? who + " is ready here" : who + " is not here or is being replaced");
  }

  static Refusal full(RefusalReason reason, long bound, long retryAfterMillis) {
    String unit = reason == RefusalReason.QUEUE_FULL ? " calls" : " bytes";
    return new Refusal(
        reason, "the instance's queue is full (bound: " + bound + unit + ")", retryAfterMillis);
  }

  static Refusal tooManyStreams(String service, int instance, int most) {
    return Refusal.of(
        RefusalReason.TOO_MANY_STREAMS,
        "instance "
            + instance
            + " of "
            + service
            + " has "
            + most
            + " streams open (throttle.instance-streams)");
  }

  static Refusal tooLarge(int bytes, int max) {
    return Refusal.of(
        RefusalReason.TOO_LARGE,
        "the request has " + bytes + " bytes, the service takes " + max + " (max-payload)");
  }

  static Refusal failed(Throwable cause) {
    return Refusal.of(RefusalReason.FAILED, describe(cause));
  }

  /** The exception's class and message. */
  static String describe(Throwable cause) {
    String message = cause.getMessage();
    String type = cause.getClass().getName();
    return message == null || message.isEmpty() ? type : type + ": " + message;
  }
}
