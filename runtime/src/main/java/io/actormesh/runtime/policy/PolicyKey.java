package io.actormesh.runtime.policy;

import io.actormesh.runtime.config.StrictConfig;
import java.util.function.Function;

/**
 * One setting of a policy.
 *
 * @param path within the service's section, such as {@code throttle.queue}
 * @param reader reads and checks it
 * @param holder finds it in a policy
 * @param shown as the configuration would have it; what the reader reads again
 * @param <P> the policy that holds it
 * @param <T> its type
 */
record PolicyKey<P, T>(
    String path, Reader<T> reader, Function<P, T> holder, Function<T, Object> shown) {

  /** Reads a key of a section. */
  interface Reader<T> {
    T read(StrictConfig section, String key);
  }

  T read(StrictConfig section) {
    return reader.read(section, path);
  }

  T of(P policy) {
    return holder.apply(policy);
  }

  Object show(P policy) {
    return shown.apply(of(policy));
  }
}
