package io.fermata.serve;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * TLS of the server, and of the client by which instances ask each other: that trusts whom the JVM
 * trusts, and the server's own certificate and its issuers.
 */
public final class ServerTls {

  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};
  private static final String ALIAS = "fermata";

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----(.*?)-----END PRIVATE KEY-----", Pattern.DOTALL);

  private static final List<String> ALGORITHMS = List.of("RSA", "EC", "Ed25519", "RSASSA-PSS");

  private final SSLContext context;

  private ServerTls(KeyStore keys, char[] password) throws GeneralSecurityException, IOException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, password);
    context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trust(keys), null);
  }

  /**
   * From PEM files.
   *
   * @param certificate the certificate, and those of who issued it
   * @param key its key, PKCS #8 and not encrypted
   * @throws IllegalArgumentException with the file and what was expected
   */
  public static ServerTls ofPem(Path certificate, Path key) {
    try {
      char[] password = new char[0];
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(null, null);
      keys.setKeyEntry(ALIAS, privateKey(key), password, chain(certificate));
      return new ServerTls(keys, password);
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(
          "%s and %s cannot be used: %s".formatted(certificate, key, e), e);
    }
  }

  /**
   * From a PKCS #12 file that holds one key with its certificates.
   *
   * @throws IllegalArgumentException with the file and what was expected
   */
  public static ServerTls ofKeystore(Path file, String password) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      boolean hasKey = false;
      for (String alias : Collections.list(keys.aliases())) {
        hasKey |= keys.isKeyEntry(alias);
      }
      if (!hasKey) {
        throw new IllegalArgumentException(file + ": expected a private key, found none");
      }
      return new ServerTls(keys, password.toCharArray());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalArgumentException(file + " cannot be used: " + e, e);
    }
  }

  private static Certificate[] chain(Path file) throws GeneralSecurityException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      Certificate[] chain =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(in)
              .toArray(new Certificate[0]);
      if (chain.length == 0) {
        throw new IllegalArgumentException(file + ": expected -----BEGIN CERTIFICATE-----");
      }
      return chain;
    }
  }

  private static PrivateKey privateKey(Path file) throws GeneralSecurityException, IOException {
    Matcher pem = KEY.matcher(Files.readString(file, StandardCharsets.US_ASCII));
    if (!pem.find()) {
      throw new IllegalArgumentException(
          file + ": expected -----BEGIN PRIVATE KEY-----; openssl pkcs8 -topk8 -nocrypt makes it");
    }
    byte[] bytes = Base64.getMimeDecoder().decode(pem.group(1));
    InvalidKeySpecException failure = null;
    for (String algorithm : ALGORITHMS) {
      try {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(bytes));
      } catch (InvalidKeySpecException e) {
        failure = e; // of another algorithm, perhaps
      }
    }
    throw new GeneralSecurityException("the key is none of " + ALGORITHMS, failure);
  }

  private static TrustManager[] trust(KeyStore own) throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    int number = 0;
    for (String alias : Collections.list(own.aliases())) {
      Certificate[] chain = own.getCertificateChain(alias);
      for (Certificate each :
          chain == null ? new Certificate[] {own.getCertificate(alias)} : chain) {
        trusted.setCertificateEntry("own-" + number++, each);
      }
    }
    TrustManagerFactory everybodys =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    everybodys.init((KeyStore) null);
    for (TrustManager manager : everybodys.getTrustManagers()) {
      if (manager instanceof X509TrustManager x509) {
        for (X509Certificate each : x509.getAcceptedIssuers()) {
          trusted.setCertificateEntry("jvm-" + number++, each);
        }
      }
    }
    TrustManagerFactory all =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    all.init(trusted);
    return all.getTrustManagers();
  }

  HttpsServer listen(InetSocketAddress address, int backlog) throws IOException {
    HttpsServer server = HttpsServer.create(address, backlog);
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ours = context.getDefaultSSLParameters();
            ours.setProtocols(PROTOCOLS);
            parameters.setSSLParameters(ours);
          }
        });
    return server;
  }

  /** A client that trusts servers like this one. */
  HttpClient.Builder client() {
    return HttpClient.newBuilder().sslContext(context);
  }
}
