package io.actormesh.membership.cluster;

import com.typesafe.config.Config;
import java.util.List;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses a node that speaks another version of the mesh's own protocol when it joins, rather than
 * when the first message is not understood. Named in the module's reference.conf; Pekko makes it.
 */
public final class ProtocolCheck extends JoinConfigCompatChecker {

  /** The key that has to be the same on all nodes. */
  static final String KEY = "actormesh.cluster.protocol-version";

  @Override
  public Seq<String> requiredKeys() {
    return CollectionConverters.asScala(List.of(KEY)).toList();
  }

  @Override
  public ConfigValidation check(Config theirs, Config ours) {
    return JoinConfigCompatChecker.fullMatch(requiredKeys(), theirs, ours);
  }
}
