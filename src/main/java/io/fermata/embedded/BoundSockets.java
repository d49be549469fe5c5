package io.fermata.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * Server sockets bound before the broker is configured, because the advertised address and the
 * quorum's voter need the ports, and a port that was free a moment ago may be taken now.
 */
final class BoundSockets implements ServerSocketFactory, AutoCloseable {

  private static final int BACKLOG = 128;
  private static final byte[] LOOPBACK = {127, 0, 0, 1};

  private final Map<String, ServerSocketChannel> channels = new LinkedHashMap<>();

  /**
   * Binds a loopback port for a listener.
   *
   * @return the port, the given one unless that was 0
   */
  synchronized int bind(String listener, int port) throws IOException {
    ServerSocketChannel channel = ServerSocketChannel.open();
    try {
      channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
    } catch (IOException e) {
      channel.close();
      throw new IOException(
          "cannot listen on " + BrokerSettings.HOST + ":" + port + ": " + e.getMessage(), e);
    }
    channels.put(listener, channel);
    return channel.socket().getLocalPort();
  }

  @Override
  public synchronized ServerSocketChannel openServerSocket(
      String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize)
      throws IOException {
    ServerSocketChannel channel = channels.remove(listenerName);
    if (channel == null) {
      throw new IOException("no socket was bound for listener " + listenerName);
    }
    channel.configureBlocking(false);
    return channel;
  }

  /** Closes the sockets that no listener has taken. */
  @Override
  public synchronized void close() throws IOException {
    for (ServerSocketChannel channel : channels.values()) {
      channel.close();
    }
    channels.clear();
  }
}
