package io.actormesh.testkit.jvm;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;

/**
 * Runs another main class in a forked JVM, which ends when the test's JVM does, however that ends:
 * then nobody holds the other end of its standard input any more.
 */
final class ChildMain {

  static final int ORPHANED = 3;

  private ChildMain() {}

  /** Takes the name of the main class and its arguments. */
  public static void main(String[] args) throws Throwable {
    Thread watch = new Thread(ChildMain::endWithParent, "parent-watch");
    watch.setDaemon(true);
    watch.start();
    String[] rest = Arrays.copyOfRange(args, 1, args.length);
    try {
      Class.forName(args[0]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException thrown) {
      throw thrown.getCause();
    }
  }

  private static void endWithParent() {
    try {
      while (System.in.read() >= 0) {
        // Whatever comes, only the end counts.
      }
    } catch (IOException gone) {
      // As good as an end.
    }
    Runtime.getRuntime().halt(ORPHANED);
  }
}
