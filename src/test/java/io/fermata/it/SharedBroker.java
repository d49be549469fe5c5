package io.fermata.it;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker for all tests of a process, as a parameter of type {@link TestBroker}. */
public final class SharedBroker implements ParameterResolver {

  /**
   * Not in a store of JUnit's: Surefire runs every class as a session of its own where it has
   * several processes, and a broker would be started for each.
   */
  private static TestBroker broker;

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestBroker.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return get();
  }

  /** Where it could not be started, the next who asks tries again. */
  private static synchronized TestBroker get() {
    if (broker == null) {
      TestBroker started = TestBroker.start();
      Runtime.getRuntime().addShutdownHook(new Thread(started::close, "shared-broker-close"));
      broker = started;
    }
    return broker;
  }
}
