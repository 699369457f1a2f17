package io.actormesh.runtime.openapi;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.annotation.processing.SupportedOptions;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Keeps the Javadoc of records, sealed interfaces and enums for {@code GET /openapi.json}: a
 * properties file for each top-level class in {@code META-INF/actormesh/docs/}. Compilers run it
 * wherever this jar is on their processor path, or on the class path of one that looks there for
 * processors; {@code -Aactormesh.docs=off} switches it off. It makes no sources, and never fails a
 * build: what it cannot write is left out, with a note. Needs nothing but the JDK.
 */
@SupportedAnnotationTypes("*")
@SupportedOptions(JavadocProcessor.OPTION)
public final class JavadocProcessor extends AbstractProcessor {
  static final String OPTION = "actormesh.docs";

  /** Made by the compiler. */
  public JavadocProcessor() {}

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latest();
  }

  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!"off".equals(processingEnv.getOptions().get(OPTION))) {
      for (Element root : round.getRootElements()) {
        if (root instanceof TypeElement type) {
          keep(type);
        }
      }
    }
    return false;
  }

  private void keep(TypeElement top) {
    try {
      Map<String, String> texts = new TreeMap<>();
      collect(top, texts);
      if (!texts.isEmpty()) {
        write(top, texts);
      }
    } catch (IOException | RuntimeException failed) {
      processingEnv
          .getMessager()
          .printMessage(Diagnostic.Kind.NOTE, "The Javadoc of " + top + " is not kept: " + failed);
    }
  }

  private void collect(TypeElement type, Map<String, String> texts) {
    ElementKind kind = type.getKind();
    if (kind == ElementKind.RECORD || kind == ElementKind.ENUM || kind == ElementKind.INTERFACE) {
      read(type, texts);
    }
    for (Element inner : type.getEnclosedElements()) {
      if (inner instanceof TypeElement nested) {
        collect(nested, texts);
      }
    }
  }

  private void read(TypeElement type, Map<String, String> texts) {
    Elements elements = processingEnv.getElementUtils();
    String comment = elements.getDocComment(type);
    if (comment == null) {
      return;
    }
    String name = elements.getBinaryName(type).toString();
    JavadocText text = JavadocText.of(comment);
    if (!text.body().isEmpty()) {
      texts.put(name, text.body());
    }
    text.parameters().forEach((parameter, said) -> texts.put(name + "#" + parameter, said));
  }

  private void write(TypeElement top, Map<String, String> texts) throws IOException {
    String file =
        Javadocs.FOLDER + processingEnv.getElementUtils().getBinaryName(top) + Javadocs.SUFFIX;
    try (Writer out =
        processingEnv
            .getFiler()
            .createResource(StandardLocation.CLASS_OUTPUT, "", file, top)
            .openWriter()) {
      for (Map.Entry<String, String> text : texts.entrySet()) {
        out.write(escaped(text.getKey()) + "=" + escaped(text.getValue()) + "\n");
      }
    }
  }

  /** In ASCII, whatever the compiler's encoding is; not with the date that Properties writes. */
  private static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              boolean plain = c > ' ' && c < 127 && "\\=:#!".indexOf(c) < 0;
              escaped.append(
                  plain || (c == ' ' && !escaped.isEmpty())
                      ? Character.toString(c)
                      : "\\u" + Integer.toHexString(0x10000 | c).substring(1));
            });
    return escaped.toString();
  }
}
