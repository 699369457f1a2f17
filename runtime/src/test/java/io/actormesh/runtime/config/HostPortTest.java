package io.actormesh.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostPortTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.1:7355", "node-1.mesh.svc:1", "[::1]:65535", "[fe80::1%eth0]:7355", "a:1"})
  void whatIsReadIsWrittenTheSameWay(String text) {
    assertThat(HostPort.parse(text)).hasValueSatisfying(hp -> assertThat(hp).hasToString(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ":",
        "host",
        "host:",
        ":7355",
        "host:0",
        "host:65536",
        "host:-1",
        "host:+1",
        "host:7a",
        "::1:7355",
        "http://host:80",
        "a b:1",
        "[::1]",
        "host:123456789"
      })
  void anythingElseIsNone(String text) {
    assertThat(HostPort.parse(text)).isEmpty();
  }
}
