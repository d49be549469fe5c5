package io.fermata.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fermata.codec.json.ViewJson;
import io.fermata.journey.Views;
import io.fermata.model.Channel;
import io.fermata.model.ContactDecision;
import io.fermata.model.DriverReport;
import io.fermata.model.DriverReport.Coefficient;
import io.fermata.model.ReservationAnswer;
import io.fermata.model.ScoreKind;
import io.fermata.model.ScoreReport;
import io.fermata.rules.RuleSet;
import io.fermata.rules.cel.RuleCompiler;
import io.fermata.rules.load.RuleLoader;
import io.fermata.score.ScoreKey;
import io.fermata.score.Window;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the API answers where there is nothing to find. */
class ApiTest {

  private static final String DECISIONS = "/api/v1/contact-decisions";
  private static final String CUSTOMER = "/api/v1/customers/{customer}";
  private static final RuleSet RULES = RuleCompiler.compile(RuleLoader.load(Path.of("rules")));
  private static final String TOKEN = "0123456789abcdef";

  private static final class NoHealth implements HealthState {
    @Override
    public boolean live() {
      return true;
    }

    @Override
    public boolean ready() {
      return true;
    }

    @Override
    public Map<String, String> details() {
      return Map.of();
    }
  }

  /** Says the same of everybody, but for whom it knows. */
  private record Same(Answer answer) implements CustomerSource {
    @Override
    public Answer find(String customer, long now) {
      return customer.equals("cookie:new")
          ? new Found(customer, new Views(List.of(), List.of(), List.of(), List.of(), List.of()))
          : answer;
    }

    @Override
    public Answer decide(String customer, Channel channel, long at, long now) {
      return answer;
    }
  }

  /** Has one report of a kind, whatever day is asked about; and says that others have some. */
  private record Reports(List<ScoreReport> reports, List<String> others) implements ScoreSource {
    @Override
    public List<ScoreReport> latest(Window window) {
      return reports.stream().filter(each -> each.window().equals(window.name())).toList();
    }

    @Override
    public List<ScoreReport> asOf(ScoreKey key, Window window, LocalDate day) {
      return latest(window).stream()
          .filter(each -> each.asOf() == day.plusDays(1).toEpochDay() * 86_400_000)
          .toList();
    }

    @Override
    public List<DriverReport> drivers(Window window) {
      return List.of(
          new DriverReport(
              "all",
              window.name(),
              0,
              120,
              0.3,
              50,
              Map.of("EMPATHY", new Coefficient(0.1, 0.02))));
    }
  }

  private static ScoreReport score(ScoreKind kind, String dimension, String value, String window) {
    return new ScoreReport(
        kind,
        dimension,
        value,
        window,
        86_400_000,
        4,
        2,
        1,
        1,
        25.0,
        81.5,
        7.5,
        null,
        8,
        0.5,
        false);
  }

  private static final CustomerSource NOBODY = new Same(new CustomerSource.Unknown());

  private final CompletableFuture<ReservationAnswer> reservation = new CompletableFuture<>();
  private final Reports scores = new Reports(new ArrayList<>(), new ArrayList<>());
  private final AtomicReference<String> asked = new AtomicReference<>();
  private final AtomicLong nanos = new AtomicLong();
  private final Metrics metrics = new Metrics();
  private HttpServer server;

  private void start(String host, List<String> tokens, int rate, CustomerSource customers)
      throws IOException {
    server = HttpServer.start(host, 0, new NoHealth(), metrics.registry());
    api(tokens, rate, customers).serveOn(server);
  }

  private Api api(List<String> tokens, int rate, CustomerSource customers) throws IOException {
    return api(tokens, rate, customers, scores);
  }

  private Api api(List<String> tokens, int rate, CustomerSource customers, ScoreSource scores)
      throws IOException {
    return new Api(
        new ApiAccess(tokens, rate, nanos::get),
        RULES,
        customers,
        (requestId, customer, channel, at) -> {
          asked.set(requestId);
          return reservation;
        },
        scores,
        Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    server.close();
    metrics.close();
  }

  private HttpResponse<String> get(String path, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  private OpenApi document() throws Exception {
    return new OpenApi(get("/api/v1/openapi.yaml").body());
  }

  @Test
  void shouldServeTheRulesAndItsOwnDescription() throws Exception {
    start("127.0.0.1", List.of(), 100, NOBODY);
    OpenApi document = document();
    document.check("/api/v1/openapi.yaml", get("/api/v1/openapi.yaml"));
    document.check("/api/v1/rules", get("/api/v1/rules"));
    String id = RULES.rules().get(0).rule().id();
    document.check("/api/v1/rules/{id}", get("/api/v1/rules/" + id));
    HttpResponse<String> none = get("/api/v1/rules/none");
    document.check("/api/v1/rules/{id}", none);
    assertThat(none.statusCode()).isEqualTo(404);
    assertThat(get("/api/v1/rules").body()).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void shouldSayWhatIsWrongWhenThereIsNoSuchThing() throws Exception {
    start("127.0.0.1", List.of(), 100, NOBODY);
    OpenApi document = document();
    for (String path : List.of("nobody", ":x", "cookie:%20", "cookie:" + "x".repeat(600))) {
      HttpResponse<String> wrong = get("/api/v1/customers/" + path);
      document.check(CUSTOMER, wrong);
      assertThat(wrong.statusCode()).as(path).isEqualTo(400);
    }
    for (String path : List.of("customer:C-1", "cookie:new/guidance")) {
      assertThat(get("/api/v1/customers/" + path).statusCode()).as(path).isEqualTo(404);
    }
    assertThat(get("/api/v1/customers/cookie:new").body())
        .isEqualTo("{\"customer\":\"cookie:new\",\"alerts\":[],\"journeys\":[]}");
    for (String path : List.of("", "customers", "customers/cookie:new/pulse", "else")) {
      assertThat(get("/api/v1/" + path).statusCode()).as(path).isEqualTo(404);
    }
  }

  @Test
  void shouldAskToTryAgainWhileStoresAreRestored() throws Exception {
    start("127.0.0.1", List.of(), 100, new Same(new CustomerSource.NotReady("restoring")));
    HttpResponse<String> answer = get("/api/v1/customers/customer:C-1");
    document().check(CUSTOMER, answer);
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
  }

  @Test
  void shouldTakeOnlyTokensItKnows() throws Exception {
    start("0.0.0.0", List.of("another-token-here", TOKEN), 100, NOBODY);
    assertThat(get("/api/v1/rules").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/rules").headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(get("/api/v1/rules", "Authorization", "Bearer " + TOKEN + "0").statusCode())
        .isEqualTo(401);
    assertThat(get("/api/v1/rules", "Authorization", "Basic " + TOKEN).statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/rules", "Authorization", "Bearer " + TOKEN).statusCode())
        .isEqualTo(200);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRefuseWhoeverComesUnderAnotherNameWhenThereAreNoTokens() throws Exception {
    start("127.0.0.1", List.of(), 100, NOBODY);
    assertThat(get("/api/v1/rules").statusCode()).isEqualTo(200);
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /api/v1/rules HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void shouldTellScoresAndWhatDrivesThem() throws Exception {
    scores.reports().add(score(ScoreKind.NPS, "channel", "VOICE", "P30D"));
    scores.reports().add(score(ScoreKind.NPS, "all", "all", "P30D"));
    scores.reports().add(score(ScoreKind.CES, "all", "all", "P7D"));
    start("127.0.0.1", List.of(), 100, NOBODY);
    HttpResponse<String> all = get("/api/v1/scores");
    document().check("/api/v1/scores", all);
    assertThat(all.body())
        .isEqualTo(
            "[%s,%s]"
                .formatted(
                    ViewJson.write(scores.reports().get(1)),
                    ViewJson.write(scores.reports().get(0))));
    for (String query :
        List.of("kind=NPS&dimension=channel", "dimension=channel&value=VOICE", "value=VOICE")) {
      assertThat(get("/api/v1/scores?" + query).body())
          .as(query)
          .isEqualTo("[" + ViewJson.write(scores.reports().get(0)) + "]");
    }
    assertThat(get("/api/v1/scores?window=P7D").body())
        .isEqualTo("[" + ViewJson.write(scores.reports().get(2)) + "]");
    assertThat(get("/api/v1/scores?kind=NPS&dimension=all&asOf=1970-01-01").body())
        .isEqualTo("[" + ViewJson.write(scores.reports().get(1)) + "]");
    assertThat(get("/api/v1/scores?kind=NPS&dimension=all&asOf=1970-01-02").body()).isEqualTo("[]");
    HttpResponse<String> drivers = get("/api/v1/drivers?dimension=all&window=P90D");
    document().check("/api/v1/drivers", drivers);
    assertThat(drivers.body()).contains("\"window\":\"P90D\"").contains("EMPATHY");
    assertThat(get("/api/v1/drivers?dimension=channel%3DVOICE").body()).isEqualTo("[]");
    for (String wrong :
        List.of(
            "scores?kind=nps",
            "scores?window=P2D",
            "scores?asOf=1970-01-01",
            "scores?color=red",
            "scores?kind=NPS&kind=NPS",
            "scores?kind",
            "drivers?kind=NPS",
            "scores?kind=NPS&dimension=all&asOf=today")) {
      HttpResponse<String> answer = get("/api/v1/" + wrong);
      document().check("/api/v1/" + wrong.replaceFirst("\\?.*", ""), answer);
      assertThat(answer.statusCode()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void shouldPutTogetherTheScoresOfAllInstances() throws Exception {
    scores.reports().add(score(ScoreKind.NPS, "all", "all", "P30D"));
    try (HttpServer other = HttpServer.start("127.0.0.1", 0, new NoHealth(), metrics.registry())) {
      Reports theirs = new Reports(new ArrayList<>(), List.of("127.0.0.1:1"));
      theirs.reports().add(score(ScoreKind.CSAT, "all", "all", "P30D"));
      api(List.of(), 100, NOBODY, theirs).serveOn(other);
      scores.others().add("127.0.0.1:" + other.port());
      start("127.0.0.1", List.of(), 100, NOBODY);
      HttpResponse<String> both = get("/api/v1/scores");
      document().check("/api/v1/scores", both);
      assertThat(both.body())
          .isEqualTo(
              "[%s,%s]"
                  .formatted(
                      ViewJson.write(theirs.reports().get(0)),
                      ViewJson.write(scores.reports().get(0))));
    }
    HttpResponse<String> alone = get("/api/v1/scores");
    document().check("/api/v1/scores", alone);
    assertThat(alone.statusCode()).as("the other is gone").isEqualTo(503);
  }

  @Test
  void shouldLimitEachCallerByItself() throws Exception {
    start("127.0.0.1", List.of("another-token-here", TOKEN), 1, NOBODY);
    for (String token : List.of("another-token-here", TOKEN)) {
      assertThat(get("/api/v1/rules", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(200);
      assertThat(get("/api/v1/rules", "Authorization", "Bearer " + token).statusCode())
          .isEqualTo(429);
    }
    assertThat(get("/api/v1/rules").statusCode()).isEqualTo(401);
    assertThat(get("/api/v1/rules").statusCode()).as("guessing").isEqualTo(429);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldServeOverTlsAndTrustItsOwnCertificate(@TempDir Path folder) throws Exception {
    Certificates made = Certificates.make(folder, "EC");
    ServerTls tls = ServerTls.ofPem(made.certificate(), made.key());
    server = HttpServer.start("127.0.0.1", 0, new NoHealth(), metrics.registry(), tls);
    api(List.of(TOKEN), 100, NOBODY).serveOn(server);
    assertThat(server.address()).startsWith("https://");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.address() + "/api/v1/rules"))
            .header("Authorization", "Bearer " + TOKEN)
            .build();
    HttpResponse<String> answer =
        tls.client().build().send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
    assertThatThrownBy(
            () -> HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()))
        .as("a client that does not know the certificate")
        .isInstanceOf(SSLHandshakeException.class);
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      plain
          .getOutputStream()
          .write(
              "GET /api/v1/rules HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(plain.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .doesNotContain("200 OK");
    }
  }

  @Test
  void shouldHandOnByTlsWithTheToken(@TempDir Path folder) throws Exception {
    Certificates made = Certificates.make(folder, "RSA");
    ServerTls tls = ServerTls.ofKeystore(made.keystore(), Certificates.PASSWORD);
    HttpServer other = HttpServer.start("127.0.0.1", 0, new NoHealth(), metrics.registry(), tls);
    try (other) {
      api(List.of(TOKEN), 100, NOBODY).serveOn(other);
      server = HttpServer.start("127.0.0.1", 0, new NoHealth(), metrics.registry(), tls);
      String authority = "127.0.0.1:" + other.port();
      api(List.of(TOKEN), 100, new Same(new CustomerSource.Elsewhere(authority, "cookie:new")))
          .serveOn(server);
      HttpResponse<String> answer =
          tls.client()
              .build()
              .send(
                  HttpRequest.newBuilder(
                          URI.create(server.address() + "/api/v1/customers/customer:C-1"))
                      .header("Authorization", "Bearer " + TOKEN)
                      .build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(answer.body())
          .as("asked there for the name it goes by")
          .isEqualTo("{\"customer\":\"cookie:new\",\"alerts\":[],\"journeys\":[]}");
    }
  }

  @Test
  void shouldNotBeSentRoundForGoodWhileInstancesDisagree() throws Exception {
    server = HttpServer.start("127.0.0.1", 0, new NoHealth(), metrics.registry());
    String itself = "127.0.0.1:" + server.port();
    api(List.of(), 100, new Same(new CustomerSource.Elsewhere(itself, "customer:C-1")))
        .serveOn(server);
    HttpResponse<String> answer = get("/api/v1/customers/customer:C-1");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.body()).contains("do not agree");
    document().check(CUSTOMER, answer);
  }

  @Test
  void shouldTellWhatWasReservedOnceItIsKnown() throws Exception {
    start("127.0.0.1", List.of(), 100, NOBODY);
    String body =
        "{'customer': 'cookie:k', 'channel': 'SMS', 'purpose': 'MARKETING', 'reserve': true}";
    reservation.complete(
        new ReservationAnswer(
            "r-1",
            "me",
            new ContactDecision(
                "customer:C-1",
                Channel.SMS,
                0,
                ContactDecision.Verdict.DEFER,
                60_000L,
                List.of(new ContactDecision.Reason("flood", "0123456789ab", List.of("t1")))),
            null));
    HttpResponse<String> answer = post(body.replace("}", ", 'requestId': 'r-1'}"));
    assertThat(answer.body())
        .isEqualTo(
            "{\"requestId\":\"r-1\",\"customer\":\"customer:C-1\",\"channel\":\"SMS\","
                + "\"at\":\"1970-01-01T00:00:00.000Z\",\"verdict\":\"DEFER\","
                + "\"until\":\"1970-01-01T00:01:00.000Z\",\"reasons\":[{\"rule\":\"flood\","
                + "\"version\":\"0123456789ab\",\"counted\":[\"t1\"]}]}");
    document().check(DECISIONS, answer);
    assertThat(asked.get()).isEqualTo("r-1");
    assertThat(post(body, "Idempotency-Key", "key-7").statusCode()).isEqualTo(200);
    assertThat(asked.get()).isEqualTo("key-7");
    assertThat(
            post(body.replace("}", ", 'requestId': 'r-1'}"), "Idempotency-Key", "x").statusCode())
        .isEqualTo(400);
    HttpResponse<String> otherChannel = post(body.replace("SMS", "EMAIL"));
    assertThat(otherChannel.statusCode()).isEqualTo(422);
    document().check(DECISIONS, otherChannel);
  }

  @Test
  void shouldSayTheIdToAskAgainWithWhenAReservationIsNotToldInTime() throws Exception {
    start("127.0.0.1", List.of(), 100, NOBODY);
    reservation.completeExceptionally(
        new ReservationSource.NotToldException("no answer within PT10S", null));
    HttpResponse<String> answer =
        post("{'customer': 'cookie:k', 'channel': 'SMS', 'purpose': 'MARKETING', 'reserve': true}");
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("\"requestId\":\"" + asked.get() + "\"");
    document().check(DECISIONS, answer);
  }

  @Test
  void shouldRefuseWhatComesTooOftenUntilTheSecondIsOver() throws Exception {
    start("127.0.0.1", List.of(), 2, NOBODY);
    assertThat(get("/api/v1/rules").statusCode()).isEqualTo(200);
    assertThat(get("/api/v1/rules").statusCode()).isEqualTo(200);
    HttpResponse<String> third = get("/api/v1/rules");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("Retry-After")).hasValue("1");
    nanos.set(1_000_000_000);
    assertThat(get("/api/v1/rules").statusCode()).isEqualTo(200);
  }

  @Test
  void shouldRefuseARequestForADecisionThatIsWrong() throws Exception {
    start("127.0.0.1", List.of(), 100, new Same(new CustomerSource.NotReady("restoring")));
    String good = "{'customer': 'customer:C-1', 'channel': 'EMAIL', 'purpose': 'MARKETING'}";
    assertThat(post(good).statusCode()).isEqualTo(503);
    Map<String, String> wrong =
        Map.of(
            "",
            "expected an object",
            "[",
            "no JSON",
            good.replace("EMAIL", "PIGEON"),
            "channel: expected a channel",
            good.replace("MARKETING", "SERVICE"),
            "purpose: expected MARKETING",
            good.replace("customer:C-1", "C-1"),
            "kind:value",
            good.replace("}", ", 'at': 'noon'}"),
            "at: expected a time",
            good.replace("}", ", 'reserve': 1}"),
            "reserve: expected true or false",
            good.replace("}", ", 'reserve': true, 'at': '2020-01-01T00:00:00Z'}"),
            "at: a message can be reserved for now",
            good.replace("}", ", 'requestId': '" + "x".repeat(129) + "'}"),
            "requestId: expected a text of at most 128");
    for (Map.Entry<String, String> each : wrong.entrySet()) {
      HttpResponse<String> answer = post(each.getKey());
      document().check("/api/v1/contact-decisions", answer);
      assertThat(answer.statusCode()).as(each.getKey()).isEqualTo(400);
      assertThat(answer.body()).contains(each.getValue());
    }
    assertThat(post("x".repeat(5000)).statusCode()).isEqualTo(413);
    assertThat(get("/api/v1/contact-decisions").statusCode()).isEqualTo(405);
  }

  private HttpResponse<String> post(String body, String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + DECISIONS));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(
            request.POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))).build(),
            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }
}
