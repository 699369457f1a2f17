package io.actormesh.runtime.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.actormesh.runtime.ingress.TlsFileException.Part;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TlsIdentityTest {

  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir private static Path folder;
  private static OpenSsl openssl;

  @BeforeAll
  static void make() throws Exception {
    openssl = OpenSsl.in(folder);
    openssl.chain("signed");
    openssl.selfSigned("rsa", "-newkey rsa:2048");
    openssl.selfSigned("ed", "-newkey ed25519");
    openssl.run(
        """
        openssl rsa -in rsa.key -traditional -out rsa.pkcs1
        openssl ec -in signed.key -out signed.sec1
        openssl ecparam -name prime256v1 > signed.params
        cat signed.params signed.sec1 > signed.both
        openssl pkey -in rsa.key -aes256 -passout pass:secret -out rsa.encrypted
        openssl rsa -in rsa.key -traditional -aes256 -passout pass:secret -out rsa.old
        cat middle.pem signed.own.pem > signed.reversed
        echo nothing > nothing
        printf -- '-----BEGIN CERTIFICATE-----\\nAAAA\\n-----END CERTIFICATE-----\\n' > malformed
        printf -- '-----BEGIN EC PRIVATE KEY-----\\nAAAA\\n-----END EC PRIVATE KEY-----\\n' > malformed.key
        """);
  }

  @ParameterizedTest
  @CsvSource({
    "signed.pem, signed.key, 2",
    "signed.pem, signed.sec1, 2",
    "signed.pem, signed.both, 2",
    "signed.own.pem, signed.key, 1",
    "rsa.pem, rsa.key, 1",
    "rsa.pem, rsa.pkcs1, 1",
    "ed.pem, ed.key, 1"
  })
  void keysOfEveryFormAreReadWithTheirChain(String certificate, String key, int chain)
      throws Exception {
    TlsIdentity identity = TlsIdentity.read(settings(certificate, key), CLOCK.instant());

    assertThat(identity.chain()).hasSize(chain);
    assertThat(identity.expiry()).isAfter(CLOCK.instant().plus(Duration.ofDays(19)));
  }

  @ParameterizedTest
  @CsvSource({
    "missing.pem, signed.key, CERTIFICATE, is not there or not readable",
    "signed.pem, missing.key, KEY, is not there or not readable",
    "nothing, signed.key, CERTIFICATE, holds no certificate",
    "malformed, signed.key, CERTIFICATE, holds a malformed certificate",
    "signed.pem, nothing, KEY, holds no private key",
    "signed.pem, malformed.key, KEY, holds a malformed key",
    "signed.pem, rsa.key, KEY, holds a key that is not that of the certificate",
    "rsa.pem, rsa.encrypted, KEY, holds an encrypted key",
    "rsa.pem, rsa.old, KEY, holds an encrypted key",
    "signed.reversed, signed.key, CERTIFICATE, number 2 is not the issuer of number 1"
  })
  void whatCannotBeUsedIsRefusedWithTheSettingAndAFix(
      String certificate, String key, Part part, String problem) {
    assertThatThrownBy(() -> TlsIdentity.read(settings(certificate, key), CLOCK.instant()))
        .asInstanceOf(InstanceOfAssertFactories.type(TlsFileException.class))
        .satisfies(
            refused -> {
              assertThat(refused.part()).isEqualTo(part);
              assertThat(refused.getMessage()).contains(problem, folder.toString());
              assertThat(refused.fix()).isNotEmpty();
            });
    assertThat(DoorTls.check(settings(certificate, key), CLOCK))
        .singleElement()
        .asString()
        .contains(part.path());
  }

  @Test
  void aCertificateOutOfItsTimeIsRefused() {
    Instant late = CLOCK.instant().plus(Duration.ofDays(21));
    Instant early = CLOCK.instant().minus(Duration.ofDays(1));

    assertThatThrownBy(() -> TlsIdentity.read(settings("signed.pem", "signed.key"), late))
        .hasMessageContaining("expired at");
    assertThatThrownBy(() -> TlsIdentity.read(settings("signed.pem", "signed.key"), early))
        .hasMessageContaining("is not valid before");
  }

  @Test
  void theCommandsOfTheHowToMakeWhatTheDoorTakes() throws Exception {
    Path page = Path.of("docs", "how-to", "expose-a-service.md");
    String text = Files.readString(Files.exists(page) ? page : Path.of("..").resolve(page));
    Matcher commands = Pattern.compile("```bash\n(openssl .*?)```", Pattern.DOTALL).matcher(text);
    while (commands.find()) {
      openssl.run(commands.group(1));
    }
    assertThat(openssl.file("asked.csr")).isNotEmptyFile();
    assertThat(TlsIdentity.read(settings("door.pem", "door.key"), CLOCK.instant()).chain())
        .hasSize(1);
  }

  @Test
  void textAroundTheBlocksMeansNothing() throws Exception {
    String certificate = Files.readString(openssl.file("rsa.pem"));
    Files.writeString(openssl.file("commented.pem"), "issued by us\r\n" + certificate + "\nend\n");

    assertThat(TlsIdentity.read(settings("commented.pem", "rsa.key"), CLOCK.instant()).chain())
        .hasSize(1);
  }

  private static TlsSettings settings(String certificate, String key) {
    return new TlsSettings(
        openssl.file(certificate), openssl.file(key), Duration.ofSeconds(10), Duration.ofDays(14));
  }
}
