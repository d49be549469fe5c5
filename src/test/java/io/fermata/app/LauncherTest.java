package io.fermata.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with a java and a mvn of ours that only say how they were called. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {

  private record Outcome(int status, String out, String err) {}

  @TempDir Path folder;

  private Path home;
  private Path tools;

  @BeforeEach
  void install() throws IOException {
    home = Files.createDirectories(folder.toRealPath().resolve("a home"));
    tools = Files.createDirectories(folder.resolve("java/bin"));
    Files.copy(Path.of("fermata"), home.resolve("fermata"));
    Files.createDirectories(home.resolve("src/main"));
    Files.writeString(home.resolve("src/main/A.java"), "");
    Files.writeString(home.resolve("pom.xml"), "");
    script(
        "java",
        """
        if [ "$1" = -XshowSettings:properties ]; then
          echo "    java.specification.version = ${FAKE_VERSION}" >&2
        else
          for argument in "$@"; do echo "[$argument]"; done
          exit 7
        fi
        """);
    script(
        "mvn",
        "echo \"mvn $*\"; mkdir -p target; [ -z \"$FAKE_FAILS\" ] && : > target/fermata.jar");
  }

  private void script(String name, String body) throws IOException {
    Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + body);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private void build(Instant time) throws IOException {
    Path jar = home.resolve("target/fermata.jar");
    Files.createDirectories(jar.getParent());
    Files.writeString(jar, "");
    Files.setLastModifiedTime(jar, FileTime.from(time));
  }

  private Outcome launch(Path launcher, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", launcher.toString()));
    command.addAll(List.of(arguments));
    Path err = folder.resolve("err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", tools + ":/usr/bin:/bin");
    builder.environment().put("JAVA_HOME", tools.getParent().toString());
    builder.environment().put("FAKE_VERSION", "17");
    builder.environment().putAll(environment);
    Process process = builder.start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Outcome(process.waitFor(), out, Files.readString(err));
  }

  private Outcome launch(String... arguments) throws IOException, InterruptedException {
    return launch(home.resolve("fermata"), Map.of(), arguments);
  }

  @Test
  void shouldBuildOnFirstUseAndSayItOnStandardErrorOnly() throws Exception {
    Outcome outcome = launch("rules", "check", "a file");
    assertThat(outcome.status()).isEqualTo(7);
    assertThat(outcome.err())
        .contains("fermata: building", "mvn -B -ntp -q -Dfast -Dmaven.test.skip package");
    assertThat(outcome.out())
        .doesNotContain("mvn")
        .endsWith(
            "[-Dfermata.home=%s]\n[-jar]\n[%s/target/fermata.jar]\n[rules]\n[check]\n[a file]\n"
                .formatted(home, home));
  }

  @Test
  void shouldBuildAgainOnlyWhenSourcesAreNewer() throws Exception {
    build(Instant.now().plusSeconds(60));
    assertThat(launch().err()).isEmpty();
    build(Instant.now().minusSeconds(60));
    assertThat(launch().err()).contains("fermata: building");
    assertThat(launch().err()).isEmpty();
  }

  @Test
  void shouldFindItsFolderWhenStartedThroughALink() throws Exception {
    build(Instant.now().plusSeconds(60));
    Path absolute = Files.createSymbolicLink(folder.resolve("link"), home.resolve("fermata"));
    Path relative = Files.createSymbolicLink(folder.resolve("second"), Path.of("link"));
    assertThat(launch(absolute, Map.of()).out()).contains("[-Dfermata.home=" + home + "]");
    assertThat(launch(relative, Map.of()).out()).contains("[-Dfermata.home=" + home + "]");
  }

  @Test
  void shouldPassOptionsAfterItsOwnAndNativeAccessWhenJavaKnowsIt() throws Exception {
    build(Instant.now().plusSeconds(60));
    Map<String, String> environment =
        Map.of("FAKE_VERSION", "25", "FERMATA_JAVA_OPTS", "-Xmx1g -Da=b", "TMPDIR", "/a dir");
    assertThat(launch(home.resolve("fermata"), environment).out())
        .containsSubsequence(
            "[-XX:MaxRAMPercentage=50]\n",
            "[--enable-native-access=ALL-UNNAMED]\n",
            "[-Djava.io.tmpdir=/a dir]\n",
            "[-Xmx1g]\n[-Da=b]\n",
            "[-jar]\n");
    assertThat(launch().out()).doesNotContain("--enable-native-access");
  }

  @Test
  void shouldSayWhatIsWrongWhenJavaOrTheBuildDoesNotWork() throws Exception {
    Outcome old = launch(home.resolve("fermata"), Map.of("FAKE_VERSION", "11"));
    assertThat(old.status()).isEqualTo(1);
    assertThat(old.err()).contains("is Java 11; Java 17 or later is needed");
    Outcome noJava = launch(home.resolve("fermata"), Map.of("JAVA_HOME", "/nowhere"));
    assertThat(noJava.err()).contains("JAVA_HOME is /nowhere, and there is no bin/java in it");
    Outcome broken = launch(home.resolve("fermata"), Map.of("FAKE_FAILS", "1"));
    assertThat(broken.status()).isEqualTo(1);
    assertThat(broken.err()).contains("fermata: the build failed");
  }
}
