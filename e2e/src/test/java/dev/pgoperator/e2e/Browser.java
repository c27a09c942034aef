package dev.pgoperator.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** A headless Chromium with one page, spoken to by the Chrome DevTools Protocol. */
final class Browser implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration START = Duration.ofSeconds(40);
  private static final List<String> COMMAND =
      List.of(
          "chromium",
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync",
          "--remote-debugging-port=0",
          "about:blank");

  private final Process process;
  private final Path profile;
  private final WebSocket page;
  private final AtomicInteger last = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();

  private Browser(Process process, Path profile, HttpClient client, String address) {
    this.process = process;
    this.profile = profile;
    this.page = client.newWebSocketBuilder().buildAsync(URI.create(address), new Listener()).join();
  }

  static boolean isInstalled() {
    return Files.isExecutable(Path.of("/usr/bin/chromium"));
  }

  static Browser start() {
    try {
      Path profile = Files.createTempDirectory("browser");
      List<String> command = new ArrayList<>(COMMAND);
      command.add("--user-data-dir=" + profile);
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(profile.resolve("output").toFile())
              .start();
      String port = port(profile, process);
      HttpClient client = HttpClient.newHttpClient();
      HttpRequest list =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json")).build();
      for (JsonNode target : JSON.readTree(client.send(list, BodyHandlers.ofString()).body())) {
        if (target.path("type").asText().equals("page")) {
          return new Browser(
              process, profile, client, target.path("webSocketDebuggerUrl").asText());
        }
      }
      throw new AssertionError("the browser has no page");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** It writes its port into its profile as soon as it listens. */
  private static String port(Path profile, Process process) throws IOException {
    long deadline = System.nanoTime() + START.toNanos();
    Path file = profile.resolve("DevToolsActivePort");
    while (System.nanoTime() < deadline && process.isAlive()) {
      List<String> lines = Files.exists(file) ? Files.readAllLines(file) : List.of();
      if (lines.size() > 1) {
        return lines.getFirst();
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    process.destroyForcibly();
    throw new AssertionError(
        "the browser did not start: " + Files.readString(profile.resolve("output")));
  }

  void open(String address) {
    call("Page.navigate", Map.of("url", address));
  }

  /** The value of an expression in the page, as text. */
  String value(String expression) {
    return call("Runtime.evaluate", Map.of("expression", expression))
        .path("result")
        .path("result")
        .path("value")
        .asText();
  }

  /** What the page looks like, as a PNG file. */
  void picture(Path file) {
    String data =
        call("Page.captureScreenshot", Map.of("format", "png"))
            .path("result")
            .path("data")
            .asText();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    int id = last.incrementAndGet();
    var answer = new CompletableFuture<JsonNode>();
    asked.put(id, answer);
    String message =
        JSON.valueToTree(Map.of("id", id, "method", method, "params", parameters)).toString();
    return page.sendText(message, true)
        .thenCompose(sent -> answer)
        .orTimeout(20, TimeUnit.SECONDS)
        .join();
  }

  private final class Listener implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean whole) {
      text.append(part);
      if (whole) {
        heard(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void heard(String message) {
      try {
        JsonNode answer = JSON.readTree(message);
        CompletableFuture<JsonNode> waiting = asked.remove(answer.path("id").asInt(-1));
        if (waiting != null) {
          waiting.complete(answer);
        }
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  @Override
  public void close() {
    page.abort();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    TemporaryFolders.delete(profile);
  }
}
