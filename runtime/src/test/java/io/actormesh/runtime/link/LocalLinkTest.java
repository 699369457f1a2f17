package io.actormesh.runtime.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.call.Ticker;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalLinkTest {

  private final Served served = new Served();
  private final LocalLink link = new LocalLink(served, Ticker.system());

  @Test
  void theMessageItselfIsHandedOverOnTheCallersThread() {
    List<Thread> threads = new ArrayList<>();
    served.behave(
        call -> {
          threads.add(Thread.currentThread());
          assertThat(call.local()).isTrue();
          assertThat(call.replyLocal(call.localMessage(), false, LoadReport.NONE)).isTrue();
        });
    assertThat(send(say("hello")).ends()).containsExactly("reply hello");
    assertThat(threads).containsExactly(Thread.currentThread());
  }

  @Test
  void onlyTheFirstEndCounts() {
    served.behave(
        call -> {
          assertThat(call.accept(LoadReport.NONE)).isTrue();
          assertThat(call.replyLocal("late", false, LoadReport.NONE)).isFalse();
        });
    assertThat(send(say("x")).ends()).containsExactly("accepted");
  }

  @Test
  void theTimesThatTheHandlerMeasuredArriveWithTheEnd() {
    served.behave(
        call -> {
          call.took(12_345, Long.MAX_VALUE);
          Served.echo(call);
        });
    TestCall call = send(say("x"));
    assertThat(call.queuedMicros()).isEqualTo(12);
    assertThat(call.servedMicros()).isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void aRecallIsToldToTheHandler() {
    served.behave(
        call ->
            call.onRecall(
                () ->
                    assertThat(
                            call.refuse(
                                Refusal.of(RefusalReason.RECALLED, "as asked"), LoadReport.NONE))
                        .isTrue()));
    TestCall call = send(say("x"));
    link.recall(call);
    assertThat(call.ends()).containsExactly("refused RECALLED");
  }

  @Test
  void aHandlerThatThrowsFailsTheCall() {
    served.behave(
        call -> {
          throw new IllegalStateException("no");
        });
    assertThat(send(say("x")).ends()).containsExactly("refused INTERNAL");
  }

  @Test
  void aClosedLinkTakesNothing() {
    link.close();
    assertThat(link.state()).isEqualTo(LinkState.CLOSED);
    assertThat(send(say("x")).ends()).containsExactly("CLOSED not started");
  }

  private TestCall send(TestCall call) {
    link.send(call);
    return call;
  }

  private static TestCall say(String text) {
    TestCall call = TestCall.say(text);
    ByteBuf payload = call.takePayload();
    if (payload != null) {
      payload.release();
    }
    return call;
  }
}
