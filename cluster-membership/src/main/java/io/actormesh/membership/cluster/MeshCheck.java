package io.actormesh.membership.cluster;

import com.typesafe.config.Config;
import io.actormesh.membership.formation.CommonSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.pekko.cluster.ConfigValidation;
import org.apache.pekko.cluster.Invalid;
import org.apache.pekko.cluster.JoinConfigCompatChecker;
import org.apache.pekko.cluster.Valid$;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Refuses a node of another mesh, and one that speaks another version of the mesh's own protocol,
 * when it joins. Named in the module's reference.conf; Pekko makes it.
 */
public final class MeshCheck extends JoinConfigCompatChecker {

  @Override
  public Seq<String> requiredKeys() {
    return CollectionConverters.asScala(CommonSettings.OURS).toList();
  }

  @Override
  public ConfigValidation check(Config theirs, Config ours) {
    List<String> clashes = CommonSettings.clashes(values(theirs), values(ours));
    return clashes.isEmpty()
        ? Valid$.MODULE$
        : new Invalid(CollectionConverters.asScala(clashes).toList());
  }

  private static Map<String, String> values(Config config) {
    return CommonSettings.OURS.stream()
        .filter(config::hasPath)
        .collect(Collectors.toMap(Function.identity(), config::getString));
  }
}
