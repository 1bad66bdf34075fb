package org.answerprint.storage;

import java.net.URI;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * Signs requests, but not what they carry, as is usual over TLS. Without TLS the SDK insists on hashing every body, which
 * its server then does too: on one machine, where nobody can change what passes, that is a third of the time of a transfer.
 */
final class UnhashedBodies implements AwsV4AuthScheme {

  private static final Set<String> THIS_MACHINE = Set.of("127.0.0.1", "localhost", "[::1]");
  private static final Set<Integer> SIGNED_BY_SCHEME = Set.of(-1, 80, 443);

  private final AwsV4AuthScheme usual = AwsV4AuthScheme.create();
  private final Signer signer = new Signer(usual.signer());

  /** Whether a server may be talked to so; a port that its scheme implies is signed differently over TLS. */
  static boolean suit(URI endpoint) {
    return "http".equals(endpoint.getScheme()) && THIS_MACHINE.contains(endpoint.getHost())
        && !SIGNED_BY_SCHEME.contains(endpoint.getPort());
  }

  @Override
  public String schemeId() {
    return usual.schemeId();
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return usual.identityProvider(providers);
  }

  @Override
  public AwsV4HttpSigner signer() {
    return signer;
  }

  private record Signer(AwsV4HttpSigner usual) implements AwsV4HttpSigner {

    @Override
    public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
      SignedRequest signed = usual.sign(request.toBuilder().request(with("https", request.request()))
          .putProperty(PAYLOAD_SIGNING_ENABLED, false).putProperty(CHUNK_ENCODING_ENABLED, false).build());
      return signed.toBuilder().request(with("http", signed.request())).build();
    }

    @Override
    public CompletableFuture<AsyncSignedRequest> signAsync(AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
      return usual.signAsync(request);
    }

    private static SdkHttpRequest with(String scheme, SdkHttpRequest request) {
      return request.toBuilder().protocol(scheme).build();
    }
  }
}
