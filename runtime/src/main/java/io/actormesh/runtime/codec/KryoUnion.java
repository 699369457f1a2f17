package io.actormesh.runtime.codec;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.actormesh.runtime.contract.UnionShape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sealed interfaces: the number of the record's logical name, then the record. */
final class KryoUnion extends KryoValue {
  private final UnionShape shape;
  private final Map<Integer, KryoRecord> byId = new HashMap<>();
  private final Map<Class<?>, Numbered> byClass = new HashMap<>();

  private record Numbered(int id, KryoRecord value) {}

  KryoUnion(UnionShape shape) {
    super(KryoForm.CHUNK);
    this.shape = shape;
  }

  /** Called once, before the value is used: a record may hold its own interface. */
  void complete(List<KryoRecord> members) {
    for (int i = 0; i < members.size(); i++) {
      UnionShape.Member member = shape.members().get(i);
      byId.put(member.id(), members.get(i));
      byClass.put(member.shape().rawType(), new Numbered(member.id(), members.get(i)));
    }
  }

  @Override
  public void write(Kryo kryo, Output out, Object value) {
    @Nullable Numbered member = byClass.get(value.getClass());
    if (member == null) {
      throw FieldProblem.unwritable(
          value.getClass().getSimpleName() + " is none of " + shape.rawType().getSimpleName());
    }
    out.writeInt(member.id());
    KryoCalls.write(kryo, out, member.value(), value);
  }

  @Override
  Object read(Kryo kryo, Input in) {
    @Nullable KryoRecord member = byId.get(in.readInt());
    if (member == null) {
      throw FieldProblem.unreadable("a subtype that this version does not know");
    }
    return KryoCalls.read(kryo, in, member);
  }
}
