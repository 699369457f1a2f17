package io.actormesh.runtime.codec;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The codecs that come with the runtime. Both leave the reply ref out, tolerate fields that were
 * added or removed (a missing one is null, zero, or empty; an unknown one is skipped), bound what
 * they read, and know no classes but those of the contract.
 */
public final class Codecs {
  private static final PayloadCodec CBOR = new CborCodec();
  private static final PayloadCodec KRYO = new KryoCodec();
  private static final Map<String, PayloadCodec> BY_NAME =
      Map.of(CBOR.name(), CBOR, KRYO.name(), KRYO);

  private Codecs() {}

  /** CBOR by Jackson's streams: self-describing, readable with common tools. The default. */
  public static PayloadCodec cbor() {
    return CBOR;
  }

  /** Kryo: smaller and faster, readable with the contract alone. */
  public static PayloadCodec kryo() {
    return KRYO;
  }

  /**
   * The codec of this name.
   *
   * @throws IllegalArgumentException if it is neither {@code cbor} nor {@code kryo}
   */
  public static PayloadCodec named(String name) {
    @Nullable PayloadCodec codec = BY_NAME.get(name);
    if (codec == null) {
      throw new IllegalArgumentException("codec: " + name + " (expected: cbor or kryo)");
    }
    return codec;
  }
}
