package io.actormesh.runtime.link;

import org.jspecify.annotations.Nullable;

/**
 * The answer to a HELLO: an agreed version, or the reason why the caller is turned away.
 *
 * @param version the agreed protocol version, 0 if turned away
 * @param refused null if the caller is welcome
 * @param detail one sentence for people
 */
record Reception(int version, @Nullable CloseReason refused, String detail) {

  static Reception welcome(int version) {
    return new Reception(version, null, "");
  }

  static Reception refused(CloseReason reason, String detail) {
    return new Reception(0, reason, detail);
  }

  /** Judges a caller. */
  static Reception of(Hello hello, LinkSettings settings, MembershipGate gate) {
    LinkPeer self = settings.self().get();
    int version = hello.agreedVersion(settings.oldestVersion(), settings.newestVersion());
    if (!hello.cluster().equals(settings.cluster())) {
      return refused(
          CloseReason.WRONG_CLUSTER,
          "this is cluster " + settings.cluster() + ", the caller's is " + hello.cluster());
    }
    if (version == 0) {
      return refused(
          CloseReason.VERSION_MISMATCH,
          "versions "
              + settings.oldestVersion()
              + " to "
              + settings.newestVersion()
              + " here, "
              + hello.oldest()
              + " to "
              + hello.newest()
              + " at the caller");
    }
    if (!hello.calledAddress().equals(self.nodeAddress())
        || hello.calledIncarnation() != self.incarnation()) {
      return refused(
          CloseReason.WRONG_INCARNATION,
          "this is "
              + self.nodeAddress()
              + " incarnation "
              + self.incarnation()
              + ", the caller wants "
              + hello.calledAddress()
              + " incarnation "
              + hello.calledIncarnation());
    }
    return ofStanding(hello, version, gate.standing(hello.address(), hello.incarnation()));
  }

  private static Reception ofStanding(Hello hello, int version, MembershipGate.Standing standing) {
    String who = hello.address() + " incarnation " + hello.incarnation();
    return switch (standing) {
      case KNOWN -> welcome(version);
      case NOT_YET -> refused(CloseReason.NOT_YET_IN_VIEW, who + " is not a member here yet");
      case WRONG_INCARNATION ->
          refused(CloseReason.WRONG_INCARNATION, who + " is not the member's present one");
    };
  }
}
