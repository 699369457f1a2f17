package io.actormesh.it;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Kubernetes' API as a pod meets it: over TLS, by an authority and with a token that lie in files.
 * Its objects are kept by a mock; whoever comes without the token is sent away.
 */
final class KubernetesApi implements AutoCloseable {

  private static final String SECRET = "only-for-this-test";
  private static final String TOKEN = "token-of-the-pod";

  private final Path folder;
  private final KubernetesMockServer mock =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          /* useHttps= */ false);
  private final HttpClient forward = HttpClient.newHttpClient();
  private final HttpsServer door;
  private final KubernetesClient client;
  private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();

  KubernetesApi(Path folder) throws Exception {
    this.folder = folder;
    Files.writeString(folder.resolve("token"), TOKEN);
    Files.writeString(folder.resolve("namespace"), "shop");
    mock.init(InetAddress.getLoopbackAddress(), 0);
    client = mock.createClient();
    door = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    door.setHttpsConfigurator(new HttpsConfigurator(identity()));
    door.createContext("/", this::serve);
    door.start();
  }

  /** What tells a node in a JVM of its own where the API is. */
  Map<String, String> environment() {
    return Map.of(
        "KUBERNETES_SERVICE_HOST",
        "localhost",
        "KUBERNETES_SERVICE_PORT",
        Integer.toString(door.getAddress().getPort()));
  }

  /** Where what Kubernetes would mount lies here. */
  List<String> files() {
    String api = "-Dpekko.discovery.kubernetes-api.";
    return List.of(
        api + "api-ca-path=" + folder.resolve("ca.pem"),
        api + "api-token-path=" + folder.resolve("token"),
        api + "pod-namespace-path=" + folder.resolve("namespace"));
  }

  void add(Pod pod) {
    client.pods().inNamespace("shop").resource(pod).create();
  }

  /** The requests that came without the token. */
  List<String> refused() {
    return List.copyOf(refused);
  }

  @Override
  public void close() {
    door.stop(0);
    client.close();
    mock.destroy();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst("Authorization");
      if (!("Bearer " + TOKEN).equals(given)) {
        refused.add(exchange.getRequestURI().toString());
        exchange.sendResponseHeaders(401, -1);
        return;
      }
      HttpResponse<byte[]> answer = ask(exchange.getRequestURI());
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.statusCode(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    }
  }

  private HttpResponse<byte[]> ask(URI path) throws IOException {
    URI uri = URI.create("http://127.0.0.1:" + mock.getPort() + path);
    try {
      return forward.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  private SSLContext identity() throws Exception {
    Path file = folder.resolve("api.p12");
    keytool(file);
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, SECRET.toCharArray());
    }
    String certificate =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
            .encodeToString(store.getCertificate("api").getEncoded());
    Files.writeString(
        folder.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n" + certificate + "\n-----END CERTIFICATE-----\n");
    return context(store);
  }

  private static SSLContext context(KeyStore store) throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, SECRET.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private static void keytool(Path store) throws IOException, InterruptedException {
    String command =
        "-genkeypair -alias api -keyalg EC -dname CN=localhost -ext san=dns:localhost -ext bc:c"
            + " -validity 2 -storetype PKCS12 -storepass "
            + SECRET
            + " -keystore "
            + store;
    List<String> words = new ArrayList<>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    words.addAll(List.of(command.split(" ", -1)));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(output);
    }
  }
}
