package io.actormesh.runtime.openapi;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Javadoc comment as plain text. Needs nothing but the JDK: it runs inside the compiler.
 *
 * @param body what stands before the first block tag
 * @param parameters the texts of {@code @param} by name
 */
record JavadocText(String body, Map<String, String> parameters) {
  private static final Pattern BLOCK_TAG = Pattern.compile("(?m)^\\s*@(?=[a-zA-Z])");
  private static final Pattern PARAM = Pattern.compile("(?s)param\\s+([^<\\s]\\S*)\\s+(.*)");
  private static final Pattern LINK =
      Pattern.compile("\\{@(?:link|linkplain)\\s+([^\\s}]+)(?:\\s+([^}]*))?}");
  private static final Pattern CODE =
      Pattern.compile("(?s)\\{@(?:code|literal|value)\\s+([^{}]*)}");
  private static final Pattern PARAGRAPH = Pattern.compile("(?i)\\s*</?(?:p|ul|ol|pre)\\s*>\\s*");
  private static final Pattern ITEM = Pattern.compile("(?i)\\s*<li>\\s*");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^<>]*>");
  private static final Pattern MARK = Pattern.compile("\u0000(\\d+)\u0000");

  static JavadocText of(String comment) {
    String[] blocks = BLOCK_TAG.split(comment.replace('\u0000', ' '), -1);
    Map<String, String> parameters = new LinkedHashMap<>();
    for (int i = 1; i < blocks.length; i++) {
      Matcher param = PARAM.matcher(blocks[i]);
      if (param.matches()) {
        parameters.put(param.group(1), plain(param.group(2)));
      }
    }
    return new JavadocText(plain(blocks[0]), parameters);
  }

  private static String plain(String html) {
    Map<String, String> code = new LinkedHashMap<>();
    String text = LINK.matcher(html).replaceAll(JavadocText::linked);
    text =
        CODE.matcher(text)
            .replaceAll(
                found -> {
                  // Out of the way of what follows: code is no HTML.
                  code.put(Integer.toString(code.size()), found.group(1).strip());
                  return "\u0000" + (code.size() - 1) + "\u0000";
                });
    text = PARAGRAPH.matcher(text).replaceAll("\u0001");
    text = ITEM.matcher(text).replaceAll("\u0001- ");
    text = TAG.matcher(text).replaceAll("").replaceAll("\\s+", " ");
    text = entities(text).replaceAll(" ?\u0001 ?(?:\u0001 ?)*", "\n\n");
    return MARK.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(code.getOrDefault(found.group(1), "")))
        .strip();
  }

  private static String linked(java.util.regex.MatchResult link) {
    String label = link.group(2);
    String shown =
        label == null || label.isBlank()
            ? link.group(1).replaceFirst("^#", "").replace('#', '.')
            : label;
    return Matcher.quoteReplacement(shown);
  }

  private static String entities(String text) {
    return text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
  }
}
