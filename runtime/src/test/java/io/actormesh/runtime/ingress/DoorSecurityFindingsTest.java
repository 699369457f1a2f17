package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.config.ConfigurationException;
import io.actormesh.runtime.config.Finding;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoorSecurityFindingsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "auth.required = on | auth.required",
        "auth.api-keys.keys.a.sha256 = abc | sha256",
        "auth.api-keys.keys.a.roles = [x] | exactly one",
        "auth.api-keys.keys.a.environment = NO_SUCH_VARIABLE | NO_SUCH_VARIABLE",
        "auth.jwt.jwks = \"http://example.org/keys\" | https",
        "auth.jwt.jwks = \"/tmp/keys.json\" | audience",
        "auth.jwt.algorithms = [HS256] | RS256 or ES256",
        "access.rules = [ { routes = [\"*\"] } ] | either allow or deny",
        "access.rules = [ { allow = [bob], routes = [\"*\"] } ] | bob",
        "access.rules = [ { allow = [anyone], routes = [\"*\"], rout = 1 } ] | rout",
        "cors.origins = [\"shop.example.org\"] | origin",
        "cors { origins = [\"*\"], credentials = on } | credentials",
        "trusted-proxies = [\"10.0.0.0/99\"] | 10.0.0.0/99"
      })
  void whatIsWrongIsToldAtTheStart(String setting, String told) {
    assertThatThrownBy(() -> IngressFixture.guarded(setting))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(told);
  }

  @Test
  void aPatternThatFitsNoRouteAndAFileThatIsNotThereAreFound() {
    String routes = "[\"GET /orders/{id}\", \"shop/*\", \"GET /order/*\", \"shops/*\"]";
    List<Finding> findings =
        Ingress.check(
            IngressFixture.guarded(
                    "access.rules = [ { allow = [anyone], routes = "
                        + routes
                        + " } ], auth.api-keys.file = \"/no/such/file\"")
                .security(),
            List.of(Shop.EXPOSED));
    assertThat(findings)
        .extracting(Finding::problem)
        .anyMatch(problem -> problem.contains("/no/such/file"))
        .anyMatch(problem -> problem.contains("'GET /order/*' fits no route"))
        .anyMatch(problem -> problem.contains("'shops/*' fits no route"))
        .hasSize(3);
  }
}
