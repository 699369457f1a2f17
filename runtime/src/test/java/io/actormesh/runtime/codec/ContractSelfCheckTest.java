package io.actormesh.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class ContractSelfCheckTest {

  sealed interface Careful {}

  record Reserve(String item, int quantity, ActorRef<String> replyTo) implements Careful {
    Reserve {
      Objects.requireNonNull(replyTo);
      if (quantity < 1) {
        throw new IllegalArgumentException("quantity: " + quantity + " (expected: >= 1)");
      }
    }
  }

  sealed interface Moody {}

  record Grow(List<String> items) implements Moody {
    Grow {
      items = new ArrayList<>(items);
      items.add("one more");
    }
  }

  record Narrow(int size) implements Moody {
    Narrow {
      if (size > 10) {
        throw new IllegalArgumentException("size: " + size + " (expected: <= 10)");
      }
    }

    @Override
    public int size() {
      return 10 * size + 10;
    }
  }

  @Test
  void aSoundContractHasNoFindings() {
    assertThat(ContractSelfCheck.check(Shop.CONTRACT, Codecs.cbor())).isEmpty();
    assertThat(ContractSelfCheck.check(Shop.CONTRACT, Codecs.kryo())).isEmpty();
  }

  @Test
  void aConstructorMayInsistOnItsReplyRef() {
    assertThat(ContractSelfCheck.check(ServiceContract.of("careful", Careful.class), Codecs.cbor()))
        .isEmpty();
  }

  @Test
  void recordsThatDoNotGiveBackWhatTheyWereGivenAreNamedWithFieldAndFix() {
    List<String> findings =
        ContractSelfCheck.check(ServiceContract.of("moody", Moody.class), Codecs.kryo());
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0)).startsWith("moody/grow: field items comes back changed from kryo");
    assertThat(findings.get(1)).contains("moody/narrow", "refused by Narrow", "Fix:");
  }
}
