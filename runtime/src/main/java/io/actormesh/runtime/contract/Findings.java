package io.actormesh.runtime.contract;

import io.actormesh.runtime.contract.ContractException.Finding;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a protocol while it is read; confined to the reading thread. */
final class Findings {
  private final List<Finding> found = new ArrayList<>();

  void add(String where, String problem, String fix) {
    Finding finding = new Finding(where, problem, fix);
    if (!found.contains(finding)) {
      found.add(finding);
    }
  }

  void throwIfAny(String service) {
    if (!found.isEmpty()) {
      throw new ContractException(service, found);
    }
  }
}
