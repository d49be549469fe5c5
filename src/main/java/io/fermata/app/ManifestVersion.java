package io.fermata.app;

import picocli.CommandLine.IVersionProvider;

/** The version as the build wrote it into the jar. */
final class ManifestVersion implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Fermata.class.getPackage().getImplementationVersion();
    String java = "Java " + Runtime.version() + ", " + System.getProperty("java.vendor");
    return new String[] {"fermata " + (version == null ? "(not packaged)" : version), java};
  }
}
