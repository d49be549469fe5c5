package io.fermata.codec;

import io.fermata.codec.registry.RegistryRefusedException;
import io.fermata.codec.registry.RegistryUnavailableException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.RetriableException;

/** What another serializer's exception means: it tells by its causes and their texts alone. */
final class ForeignFailures {

  /** How Confluent's {@code RestClientException} ends its message: the registry's code. */
  private static final Pattern CODE = Pattern.compile("error code: (\\d{3})(\\d{2})?\\b");

  private ForeignFailures() {}

  static RuntimeException whenReading(RuntimeException failure) {
    RuntimeException registry = ofRegistry(failure);
    return registry != null
        ? registry
        : new UndecodableException(
            "the deserializer refused the value: " + rootText(failure), failure);
  }

  static RuntimeException whenWriting(RuntimeException failure) {
    RuntimeException registry = ofRegistry(failure);
    return registry != null ? registry : failure;
  }

  private static RuntimeException ofRegistry(RuntimeException failure) {
    if (failure instanceof UnreadableRecordException
        || failure instanceof RegistryUnavailableException
        || failure instanceof RegistryRefusedException) {
      return failure;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException
          || cause instanceof SocketException
          || cause instanceof UnknownHostException
          || cause instanceof InterruptedIOException
          || cause instanceof HttpTimeoutException) {
        return new RegistryUnavailableException("the schema registry: " + cause, failure);
      }
      Matcher code = CODE.matcher(String.valueOf(cause.getMessage()));
      if (code.find()) {
        return ofCode(Integer.parseInt(code.group(1)), code.group(2), cause.getMessage(), failure);
      }
    }
    return null;
  }

  private static RuntimeException ofCode(
      int status, String detail, String message, RuntimeException failure) {
    if (status >= 500 || status == 429 || status == 408) {
      return new RegistryUnavailableException(message, failure);
    }
    if (status == 404 && "03".equals(detail)) {
      return new UnknownSchemaException(message, failure);
    }
    int code = detail == null ? status : status * 100 + Integer.parseInt(detail);
    RegistryRefusedException refused = new RegistryRefusedException(message, status, code);
    refused.initCause(failure);
    return refused;
  }

  private static String rootText(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}
