package io.actormesh.runtime.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.actormesh.runtime.contract.Operation;
import io.actormesh.runtime.contract.ServiceContract;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@SuppressWarnings({"NullAway", "ArrayRecordComponent"}) // null: no reply ref
class JsonMessagesTest {
  sealed interface Command {}

  record Buy(
      String item,
      int quantity,
      List<Line> lines,
      Optional<String> note,
      @Nullable Integer size,
      Payment payment,
      ActorRef<Receipt> replyTo)
      implements Command {}

  record Find(
      String item,
      long from,
      boolean exact,
      double weight,
      Color color,
      UUID id,
      Instant since,
      Optional<Integer> limit,
      List<String> tags,
      Set<Color> colors,
      ActorRef<Done> replyTo)
      implements Command {}

  record Tree(Node node) implements Command {}

  record Sizes(BigInteger whole, BigDecimal exact, float rough, char letter, byte[] bytes)
      implements Command {}

  record Node(List<Node> children) {}

  record Line(int quantity) {
    Line {
      if (quantity == 13) {
        throw new IllegalArgumentException("quantity: 13 (expected: anything else)");
      }
    }
  }

  record Receipt(
      UUID id, Instant at, Optional<String> note, @Nullable String gift, List<Payment> parts) {}

  sealed interface Payment {}

  record CreditCard(String number) implements Payment {}

  record Cash() implements Payment {}

  enum Color {
    RED,
    GREEN
  }

  private static final String SOUND =
      "'item':'x','quantity':1,'lines':[{'quantity':2}],'payment':{'cash':{}}";

  private final ServiceContract<Command> contract = ServiceContract.of("shop", Command.class);
  private final JsonMessages json = new JsonMessages();

  @Test
  void aBodyBecomesAMessage() {
    assertThat(
            read(
                "buy",
                "{'item':'x','quantity':1,'lines':[{'quantity':2}],'note':'n','size':null,"
                    + "'payment':{'credit-card':{'number':'4711'}}}"))
        .isEqualTo(
            new Buy(
                "x",
                1,
                List.of(new Line(2)),
                Optional.of("n"),
                null,
                new CreditCard("4711"),
                null));
  }

  @Test
  void whatMayBeLeftOutIsEmptyOrNull() {
    assertThat(read("buy", "{'item':'x','quantity':1,'payment':{'cash':{}}}"))
        .isEqualTo(new Buy("x", 1, List.of(), Optional.empty(), null, new Cash(), null));
    assertThat(read("buy", "{" + SOUND + ",'note':null}"))
        .isEqualTo(new Buy("x", 1, List.of(new Line(2)), Optional.empty(), null, new Cash(), null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'item':'x'}                                  | $.quantity             | missing",
        "{'colour':1}                                  | $.colour               | unknown field",
        "{'replyTo':'pekko://evil'}                    | $.replyTo              | unknown field",
        "{'item':1}                                    | $.item                 | expected string",
        "{'item':null}                                 | $.item                 | null",
        "{'item':'x','item':'y'}                       | $.item                 | given twice",
        "{'quantity':'1'}                              | $.quantity             | expected int, found a string",
        "{'quantity':1.0}                              | $.quantity             | expected int, found a decimal",
        "{'quantity':1e2}                              | $.quantity             | expected int",
        "{'quantity':true}                             | $.quantity             | expected int",
        "{'quantity':null}                             | $.quantity             | null",
        "{'quantity':3000000000}                       | $.quantity             | out of range",
        "{'quantity':99999999999999999999}             | $.quantity             | out of range",
        "{'lines':null}                                | $.lines                | null",
        "{'lines':{}}                                  | $.lines                | expected an array",
        "{'lines':[{'quantity':1},{'quantity':2.5}]}   | $.lines[1].quantity    | expected int",
        "{'lines':[{'quantity':1},{}]}                 | $.lines[1].quantity    | missing",
        "{'lines':[{'quantity':1,'x':{}}]}             | $.lines[0].x           | unknown field",
        "{'lines':[null]}                              | $.lines[0]             | expected an object",
        "{'lines':[{'quantity':13}]}                   | $.lines[0]             | refused by Line",
        "{'note':5}                                    | $.note                 | expected string",
        "{'payment':{}}                                | $.payment              | cash",
        "{'payment':{'cheque':{}}}                     | $.payment              | 'cheque'",
        "{'payment':{'cash':{},'cash':{}}}             | $.payment              | found more",
        "{'payment':{'credit-card':{'number':7}}}      | $.payment.credit-card.number | expected string",
        "[]                                            | $                      | expected an object",
        "nonsense                                      | $                      | malformed",
        "{'item':'x'                                   | $                      | malformed",
        "{'item':'x',}                                 | $                      | malformed",
        "{'item':'x'} {}                               | $                      | more text",
        "{item:'x'}                                    | $                      | malformed",
        "{/* no */'item':'x'}                          | $                      | malformed",
        "{'quantity':NaN}                              | $                      | malformed",
        "{'quantity':01}                               | $                      | malformed",
      })
  void aMistakeIsNamedByItsPath(String body, String path, String problem) {
    JsonProblem thrown = problem("buy", quoted(body));
    assertThat(thrown.path()).isEqualTo(path);
    assertThat(thrown.problem()).contains(problem);
  }

  @Test
  void emptyAndInvalidTextIsRefused() {
    assertThat(problem("buy", new byte[] {'{', '"', (byte) 0xc0, (byte) 0x80, '"', '}'}))
        .hasMessage("$: not valid UTF-8");
    assertThat(problem("buy", "{}".getBytes(StandardCharsets.UTF_16)).path()).isEqualTo("$");
    assertThat(problem("buy", new byte[0])).hasMessage("$.item: missing");
    assertThat(problem("buy", quoted(" "))).hasMessageContaining("expected an object");
  }

  @Test
  void deepNestingAndHugeNumbersAreRefused() {
    String deep = "{'node':" + "{'children':[".repeat(60) + "]}".repeat(60) + "}";
    assertThat(problem("tree", quoted(deep))).hasMessageContaining("depth");
    assertThat(problem("sizes", quoted("{'whole':" + "9".repeat(2000) + "}")))
        .hasMessageContaining("$: malformed: Number value length");
    assertThat(problem("sizes", quoted("{'exact':1e999999999}")))
        .hasMessageContaining("$.exact: expected a number with a scale");
    assertThat(problem("sizes", quoted("{'rough':1e39}"))).hasMessageContaining("out of range");
    assertThat(problem("sizes", quoted("{'letter':'ab'}"))).hasMessageContaining("expected char");
    assertThat(problem("sizes", quoted("{'bytes':'%%%'}")).path()).isEqualTo("$.bytes");
    assertThat(problem("sizes", quoted("{'letter':'\\ud800x'}")).path()).isEqualTo("$.letter");
  }

  @Test
  void anUnpairedSurrogateIsRefusedForNoNodeCouldBeSentIt() {
    assertThat(problem("buy", quoted("{'item':'a\\ud800b'}")))
        .hasMessage("$.item: an unpaired surrogate");
  }

  @Test
  void parametersFillTheFieldsTheyName() {
    Find found =
        (Find)
            json.readRepeated(
                contract.operation("find").orElseThrow(),
                quoted("{'item':'x'}"),
                Map.of(
                    "from", List.of("-5"),
                    "exact", List.of("true"),
                    "weight", List.of("1.5"),
                    "color", List.of("RED"),
                    "id", List.of("00000000-0000-0001-0000-000000000002"),
                    "since", List.of("1970-01-01T00:00:00Z"),
                    "limit", List.of("10"),
                    "tags", List.of("a", "b"),
                    "colors", List.of("GREEN", "RED")),
                null);
    assertThat(found)
        .isEqualTo(
            new Find(
                "x",
                -5,
                true,
                1.5,
                Color.RED,
                new UUID(1, 2),
                Instant.EPOCH,
                Optional.of(10),
                List.of("a", "b"),
                Set.of(Color.GREEN, Color.RED),
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "from     | 1.5      | expected long",
        "from     | 9223372036854775808 | expected long",
        "exact    | yes      | expected boolean",
        "weight   | 0x1p3    | expected double",
        "weight   | NaN      | expected a finite number",
        "color    | BLUE     | expected one of [RED, GREEN]",
        "id       | 1-1-1-1-1 | expected uuid",
        "since    | today    | expected instant",
        "limit    | many     | expected int",
        "item     | again    | both in the body and as a parameter",
        "other    | x        | unknown parameter",
      })
  void aWrongParameterIsNamedLikeItsField(String name, String value, String problem) {
    JsonProblem thrown =
        catchThrowableOfType(
            JsonProblem.class,
            () ->
                json.read(
                    contract.operation("find").orElseThrow(),
                    quoted("{'item':'x'}"),
                    Map.of(name, value)));
    assertThat(thrown.path()).isEqualTo("$." + name);
    assertThat(thrown.problem()).contains(problem);
  }

  @Test
  void aRecordCannotBeAParameter() {
    JsonProblem thrown =
        catchThrowableOfType(
            JsonProblem.class,
            () ->
                json.read(
                    contract.operation("buy").orElseThrow(),
                    new byte[0],
                    Map.of("payment", "cash")));
    assertThat(thrown).hasMessageContaining("$.payment: cannot be given as a parameter");
  }

  @Test
  void repliesAreWrittenForPeople() {
    Operation<Command> buy = contract.operation("buy").orElseThrow();
    Receipt receipt =
        new Receipt(
            new UUID(1, 2),
            Instant.EPOCH,
            Optional.empty(),
            null,
            List.of(new Cash(), new CreditCard("4711")));
    assertThat(new String(json.writeReply(buy, receipt), StandardCharsets.UTF_8))
        .isEqualTo(
            "{'id':'00000000-0000-0001-0000-000000000002','at':'1970-01-01T00:00:00Z',"
                    .replace('\'', '"')
                + "{'parts':[{'cash':{}},{'credit-card':{'number':'4711'}}]}"
                    .replace('\'', '"')
                    .substring(1));
    Operation<Command> find = contract.operation("find").orElseThrow();
    assertThat(json.writeReply(find, Done.getInstance())).asString().isEqualTo("{}");
  }

  private Command read(String operation, String body) {
    return json.read(contract.operation(operation).orElseThrow(), quoted(body), Map.of());
  }

  private JsonProblem problem(String operation, byte[] body) {
    JsonProblem thrown =
        catchThrowableOfType(
            JsonProblem.class,
            () -> json.read(contract.operation(operation).orElseThrow(), body, Map.of()));
    assertThat(thrown).isNotNull();
    return thrown;
  }

  private static byte[] quoted(String body) {
    return body.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }
}
