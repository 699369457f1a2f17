package io.actormesh.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** The table against a plain map. */
class OutboundTableTest {

  @Property(tries = 200)
  void itFindsWhatAMapWouldFind(@ForAll @Size(max = 300) List<@IntRange(max = 9) Integer> steps) {
    OutboundTable table = new OutboundTable();
    Map<Long, OutboundCall> model = new HashMap<>();
    List<Long> ids = new ArrayList<>();
    long last = 0;
    for (int step : steps) {
      if (step < 6 || ids.isEmpty()) {
        OutboundCall call = call();
        table.add(call);
        assertThat(call.linkId).as("ids only grow").isGreaterThan(last);
        last = call.linkId;
        model.put(last, call);
        ids.add(last);
      } else {
        OutboundCall ended = model.remove(ids.get(step * ids.size() / 10));
        if (ended != null) {
          table.remove(ended);
        }
      }
      assertThat(table.size()).isEqualTo(model.size());
    }
    assertThat(ids).allSatisfy(id -> assertThat(table.get(id)).isSameAs(model.get(id)));
  }

  private static OutboundCall call() {
    TestCall call = TestCall.say("");
    ByteBuf payload = call.takePayload();
    if (payload != null) {
      payload.release();
    }
    return call;
  }
}
