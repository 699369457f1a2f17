package io.actormesh.runtime.policy;

import com.typesafe.config.ConfigFactory;
import io.actormesh.runtime.config.Findings;
import io.actormesh.runtime.config.StrictConfig;
import io.actormesh.runtime.config.Units;
import io.actormesh.runtime.policy.EffectivePolicy.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Checks policies: the contradictions of configured ones, and everything of published ones. */
final class PolicyCheck {

  private PolicyCheck() {}

  /** Contradictions that a section brings about by its own values, with the defaults below it. */
  static void contradictions(StrictConfig section, Layer own, Layer defaults) {
    Layer merged = own.over(defaults);
    if (concerns(own, PolicyKeys.MIN_BACKOFF, PolicyKeys.MAX_BACKOFF)
        && section.sound(PolicyKeys.MIN_BACKOFF.path(), PolicyKeys.MAX_BACKOFF.path())
        && merged.get(PolicyKeys.MAX_BACKOFF).compareTo(merged.get(PolicyKeys.MIN_BACKOFF)) < 0) {
      section.refuseEither(
          present(own, PolicyKeys.MAX_BACKOFF, PolicyKeys.MIN_BACKOFF),
          PolicyKeys.MIN_BACKOFF.path(),
          "max-backoff is shorter than min-backoff",
          "Set restart.max-backoff to at least " + Units.show(merged.get(PolicyKeys.MIN_BACKOFF)));
    }
    if (concerns(own, PolicyKeys.MAX_PAYLOAD, PolicyKeys.QUEUE_BYTES)
        && section.sound(PolicyKeys.MAX_PAYLOAD.path(), PolicyKeys.QUEUE_BYTES.path())
        && merged.get(PolicyKeys.QUEUE_BYTES) < merged.get(PolicyKeys.MAX_PAYLOAD)) {
      section.refuseEither(
          present(own, PolicyKeys.QUEUE_BYTES, PolicyKeys.MAX_PAYLOAD),
          PolicyKeys.MAX_PAYLOAD.path(),
          "throttle.queue-bytes is less than max-payload, so the largest request could never wait",
          "Set throttle.queue-bytes to at least "
              + Units.showBytes(merged.get(PolicyKeys.MAX_PAYLOAD)));
    }
  }

  /** Reads the policy as if it stood in a file, so that the same rules hold for it. */
  static void check(ServicePolicy policy, Findings findings) {
    Map<String, Object> texts = texts(PolicyKeys.SERVICE, policy);
    texts.putAll(texts(PolicyKeys.OPERATION, policy.defaults()));
    StrictConfig section = section(policy.service(), texts, findings);
    Layer layer = Layer.read(section, ServiceLayers.KEYS, Level.DEFAULT);
    contradictions(section, layer, layer);
    policy
        .operations()
        .forEach(
            (name, operation) -> {
              Map<String, Object> own = texts(PolicyKeys.OPERATION, operation);
              String path = policy.service() + ".operations." + name;
              Layer.read(section(path, own, findings), PolicyKeys.OPERATION, Level.DEFAULT);
            });
  }

  private static <P> Map<String, Object> texts(List<? extends PolicyKey<P, ?>> keys, P policy) {
    Map<String, Object> texts = new LinkedHashMap<>();
    keys.forEach(key -> texts.put(key.path(), key.show(policy)));
    return texts;
  }

  private static StrictConfig section(String name, Map<String, Object> texts, Findings findings) {
    return StrictConfig.at(
        "actormesh.services." + name, ConfigFactory.parseMap(texts, "published"), findings);
  }

  private static boolean concerns(Layer own, PolicyKey<?, ?> one, PolicyKey<?, ?> other) {
    return own.has(one) || own.has(other);
  }

  private static String present(Layer own, PolicyKey<?, ?> first, PolicyKey<?, ?> second) {
    return own.has(first) ? first.path() : second.path();
  }
}
