package io.actormesh.runtime.link;

/**
 * The serving node's word that a call gets no reply.
 *
 * @param reason why, and whether the call was started
 * @param detail one sentence for people; names the limit, field or exception
 * @param retryAfterMillis hint when to come back, 0 = none
 */
public record Refusal(RefusalReason reason, String detail, long retryAfterMillis) {

  /** A refusal without a hint. */
  public static Refusal of(RefusalReason reason, String detail) {
    return new Refusal(reason, detail, 0);
  }
}
