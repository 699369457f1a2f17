package io.actormesh.runtime.link;

/**
 * What the serving instance says about its load with every reply and refusal.
 *
 * @param inFlight calls started and not answered
 * @param queued calls waiting
 * @param queueAgeMicros how long the oldest waiting call has waited
 * @param utilisationPermille share of time the instance was busy, 0 to 1000
 * @param overloadLevel 0 = none; the level below which priorities are being refused
 */
public record LoadReport(
    int inFlight, int queued, int queueAgeMicros, int utilisationPermille, int overloadLevel) {

  /** Nothing known. */
  public static final LoadReport NONE = new LoadReport(0, 0, 0, 0, 0);
}
