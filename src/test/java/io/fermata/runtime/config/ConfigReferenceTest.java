package io.fermata.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

  private static final Path PAGE = Path.of("docs", "configuration.md");

  @Test
  void shouldMatchThePageWhenWrittenFromTheDeclarations() throws IOException {
    String expected = ConfigReference.markdown();
    if (Boolean.getBoolean("fermata.regenerate")) {
      Files.writeString(PAGE, expected);
    }
    assertThat(PAGE)
        .as(
            "%s differs from the declarations; regenerate it with"
                + " mvn -q test -Dtest=ConfigReferenceTest -Dfermata.regenerate=true",
            PAGE)
        .hasContent(expected);
  }

  @Test
  void shouldDescribeEveryPropertyAndSection() {
    assertThat(PropertyModel.all())
        .allSatisfy(property -> assertThat(property.declaration().doc()).endsWith("."));
    assertThat(FermataConfig.class.getRecordComponents())
        .allSatisfy(
            section -> assertThat(section.getType().getAnnotation(Section.class)).isNotNull());
  }
}
