package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.apache.pekko.util.ByteString;
import org.jspecify.annotations.Nullable;

class FrameScanTest {

  private static final int MAX_BLOCK = 500;

  private final AtomicLong now = new AtomicLong();
  private final FrameBudget budget = new FrameBudget(100, now::get);

  @Property(tries = 500)
  void whereverThePiecesBeginTheVerdictIsTheSame(
      @ForAll("frames") List<byte[]> frames,
      @ForAll @Size(max = 10) List<@IntRange(max = 3000) Integer> cuts) {
    byte[] bytes = connection(frames.toArray(byte[][]::new));
    int[] ends = cuts.stream().mapToInt(Integer::intValue).sorted().toArray();

    FrameScan whole = scan();
    FrameFault expected = whole.read(ByteString.fromArray(bytes));
    FrameScan pieces = scan();

    assertThat(read(pieces, bytes, ends)).isEqualTo(expected);
    if (expected == null) {
      assertThat(pieces.lastStream()).isEqualTo(whole.lastStream());
    }
  }

  @Example
  void whatMayBeSentAtOnceGrowsByATenthEachSecondAndByWhatTheClientIsSent() {
    assertThat(budget.spend(100)).isTrue();
    assertThat(budget.spend(1)).isFalse();

    now.addAndGet(1_000_000_000L);
    assertThat(budget.spend(9)).isTrue();
    assertThat(budget.spend(1)).isFalse();

    budget.earn(16 * 1024);
    assertThat(budget.spend(19)).isTrue();
    assertThat(budget.spend(1)).isFalse();

    now.addAndGet(3_600_000_000_000L);
    assertThat(budget.spend(100)).isTrue();
    assertThat(budget.spend(1)).isFalse();
  }

  @Example
  void aHeaderBlockMayGoOnUpToItsLimit() {
    byte[] begun = RawHttp2.bytes(RawHttp2.HEADERS, 0, 1, new byte[MAX_BLOCK - 1]);
    byte[] more = RawHttp2.bytes(RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, 1, new byte[1]);
    byte[] tooMuch = RawHttp2.bytes(RawHttp2.CONTINUATION, RawHttp2.END_HEADERS, 1, new byte[2]);

    assertThat(scan().read(ByteString.fromArray(connection(begun, more, begun, more)))).isNull();
    assertThat(scan().read(ByteString.fromArray(connection(begun, tooMuch))))
        .isEqualTo(FrameFault.HEADER_BLOCK);
  }

  @Provide
  Arbitrary<List<byte[]>> frames() {
    Arbitrary<Integer> types =
        Arbitraries.frequency(
            // Mostly what is right.
            Tuple.of(10, RawHttp2.HEADERS),
            Tuple.of(10, RawHttp2.DATA),
            Tuple.of(4, RawHttp2.PING),
            Tuple.of(1, RawHttp2.CONTINUATION),
            Tuple.of(1, RawHttp2.WINDOW_UPDATE),
            Tuple.of(1, RawHttp2.RESET));
    Arbitrary<Integer> flags = Arbitraries.of(RawHttp2.END_HEADERS, RawHttp2.END_HEADERS | 1, 8, 0);
    Arbitrary<Integer> streams = Arbitraries.of(1, 3, 5, 7, 9);
    Arbitrary<Integer> sizes = Arbitraries.of(0, 3, 4, 8, 100, 400);
    return Combinators.combine(types, flags, streams, sizes)
        .as((type, flag, stream, size) -> RawHttp2.bytes(type, flag, stream, new byte[size]))
        .list()
        .ofMaxSize(15);
  }

  private FrameScan scan() {
    return new FrameScan(new FrameBudget(20, now::get), MAX_BLOCK);
  }

  private static byte[] connection(byte[]... frames) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.writeBytes(RawHttp2.PREFACE);
    for (byte[] frame : frames) {
      bytes.writeBytes(frame);
    }
    return bytes.toByteArray();
  }

  private static @Nullable FrameFault read(FrameScan scan, byte[] bytes, int[] ends) {
    int begin = 0;
    for (int end : ends) {
      int to = Math.min(Math.max(begin, end), bytes.length);
      FrameFault fault = scan.read(ByteString.fromArray(Arrays.copyOfRange(bytes, begin, to)));
      if (fault != null) {
        return fault;
      }
      begin = to;
    }
    return scan.read(ByteString.fromArray(Arrays.copyOfRange(bytes, begin, bytes.length)));
  }
}
