package io.actormesh.runtime.ingress;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.pekko.util.ByteString;

/**
 * One block of a PEM file (RFC 7468); text around the blocks means nothing.
 *
 * @param label such as {@code CERTIFICATE}
 * @param headers the lines before the bytes, which encrypted keys of the old kind have
 * @param der the bytes
 */
record PemBlock(String label, String headers, ByteString der) {

  private static final Pattern BLOCK =
      Pattern.compile(
          "-----BEGIN ([A-Z0-9 ]+)-----\\s*((?:[A-Za-z0-9-]+:[^\\r\\n]*[\\r\\n]+)*)"
              + "([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  /**
   * All blocks of a file, in order.
   *
   * @throws IllegalArgumentException if the bytes of one are no Base64
   */
  static List<PemBlock> parse(String text) {
    List<PemBlock> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      byte[] der = Base64.getMimeDecoder().decode(matcher.group(3));
      blocks.add(new PemBlock(matcher.group(1), matcher.group(2), ByteString.fromArray(der)));
    }
    return blocks;
  }
}
