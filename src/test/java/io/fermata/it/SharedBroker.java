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
  private static final class Holder {

    private static final TestBroker BROKER = TestBroker.start();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close, "shared-broker-close"));
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestBroker.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return Holder.BROKER;
  }
}
