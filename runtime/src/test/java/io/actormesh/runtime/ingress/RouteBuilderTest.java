package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.actormesh.runtime.contract.ServiceContract;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;

class RouteBuilderTest {

  private static final ServiceContract<Command> CONTRACT =
      ServiceContract.of("stock", Command.class);

  sealed interface Command {}

  record Find(String item, Optional<Integer> limit, ActorRef<Done> replyTo) implements Command {}

  record Reserve(String item, List<Line> lines, ActorRef<Done> replyTo) implements Command {}

  record Line(int quantity) {}

  record Tag(List<String> tags, Map<String, String> labels, ActorRef<Done> replyTo)
      implements Command {}

  record Note(String text) implements Command {}

  @Test
  void everyOperationHasItsRouteByConvention() {
    assertThat(ExposedService.of(CONTRACT).describe())
        .containsExactly(
            "POST /stock/find", "POST /stock/reserve", "POST /stock/tag", "POST /stock/note");
  }

  @Test
  void declaredRoutesComeAfterThose() {
    ExposedService<Command> exposed =
        ExposedService.of(
            CONTRACT,
            http ->
                http.get("/stock/{item}{?limit}", Find.class)
                    .post("/stock/{item}/reservations", Reserve.class));

    assertThat(exposed.describe()).endsWith("GET /stock/{item}", "POST /stock/{item}/reservations");
  }

  @Test
  void allThatIsWrongIsSaidAtOnceWithItsFix() {
    RouteException wrong =
        findings(
            http ->
                http.get("stock", Find.class)
                    .get("/a//b", Find.class)
                    .get("/a/x{item}", Find.class)
                    .get("/{item}/{item}", Find.class)
                    .get("/{itm}", Find.class)
                    .get("/{item}{?item}", Find.class)
                    .get("/r/{item}", Reserve.class)
                    .post("/t/{tags}", Tag.class)
                    .get("/n", Note.class)
                    .post("/stock/find", Find.class));

    assertThat(wrong.findings().stream().map(finding -> finding.where() + ": " + finding.problem()))
        .containsExactly(
            "GET stock: the path does not begin with '/'",
            "GET /a//b: segment '' of the path is neither plain text nor one parameter",
            "GET /a/x{item}: segment 'x{item}' of the path is neither plain text nor one parameter",
            "GET /{item}/{item}: parameter 'item' occurs twice",
            "GET /{itm}: path parameter 'itm' is no component of Find",
            "GET /{item}{?item}: component 'item' is bound by the path and by the query",
            "GET /r/{item}: component 'lines' (java.util.List<"
                + Line.class.getTypeName()
                + ">) does not fit into the query",
            "POST /t/{tags}: component 'tags' (java.util.List<java.lang.String>) does not fit into"
                + " the path",
            "GET /n: a one-way operation answers nothing, so there is nothing to get",
            "POST /stock/find: it cannot be told from POST /stock/find of stock/find");
    assertThat(wrong).hasMessageContaining("Fix: use one of [item, limit]");
    assertThat(wrong.findings()).allSatisfy(finding -> assertThat(finding.fix()).isNotBlank());
  }

  @Test
  void pathsThatDifferInParameterNamesAloneCannotBeToldApart() {
    RouteException wrong =
        findings(http -> http.get("/a/{item}", Find.class).get("/a/{limit}", Find.class));

    assertThat(wrong.findings()).hasSize(1);
    assertThat(wrong.findings().get(0).problem())
        .isEqualTo("it cannot be told from GET /a/{item} of stock/find");
  }

  @Test
  void routesOfTwoServicesMayNotCollide() {
    ServiceContract<Command> other = ServiceContract.of("other", Command.class);
    ExposedService<Command> one =
        ExposedService.of(CONTRACT, http -> http.get("/find/{item}", Find.class));
    ExposedService<Command> two =
        ExposedService.of(other, http -> http.get("/find/{item}", Find.class));

    assertThatThrownBy(() -> new RouteTable(List.of(one, two)))
        .isInstanceOf(RouteException.class)
        .hasMessageContaining("it cannot be told from GET /find/{item} of stock/find");
  }

  private static RouteException findings(IngressRoutes<Command> routes) {
    return catchThrowableOfType(RouteException.class, () -> ExposedService.of(CONTRACT, routes));
  }
}
