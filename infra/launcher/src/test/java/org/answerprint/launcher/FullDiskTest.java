package org.answerprint.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** The S3 server on a small file system of its own; only where the tests may mount one. */
class FullDiskTest {

  @TempDir
  private Path folder;

  @Test
  void saysThatTheDiskIsFullAndGoesOnWhenThereIsRoom() throws Exception {
    Path small = Files.createDirectory(folder.resolve("small"));
    assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "none", small.toString()), "a small file system can be mounted");
    try {
      Files.createSymbolicLink(folder.resolve("objects"), Files.createDirectory(small.resolve("objects")));
      fillAndFree();
    } finally {
      run("umount", "-l", small.toString());
    }
  }

  private void fillAndFree() {
    byte[] third = new byte[3 << 20];
    StackOptions options = StackOptions.in(folder).withCacheFolder(Optional.of(Home.find().path().resolve("infra/stack/target/cache")));
    try (LocalStack stack = LocalStack.startObjectStore(options); S3Client s3 = Clients.s3(stack)) {
      put(s3, stack, "first", third);
      put(s3, stack, "second", third);

      assertThatThrownBy(() -> put(s3, stack, "third", third)).isInstanceOfSatisfying(S3Exception.class, e -> {
        assertThat(e.statusCode()).isEqualTo(503);
        assertThat(e.awsErrorDetails().errorMessage()).contains("disk of this S3 server is full");
      });
      assertThat(s3.listObjectsV2(b -> b.bucket(stack.workBucket())).contents())
          .extracting(object -> object.key()).containsExactly("first", "second");
      s3.deleteObject(b -> b.bucket(stack.workBucket()).key("first"));
      put(s3, stack, "third", third);
      assertThat(s3.getObjectAsBytes(b -> b.bucket(stack.workBucket()).key("third")).asByteArray()).isEqualTo(third);
    }
  }

  private static void put(S3Client s3, LocalStack stack, String key, byte[] bytes) {
    s3.putObject(b -> b.bucket(stack.workBucket()).key(key), RequestBody.fromBytes(bytes));
  }

  private static boolean run(String... command) throws Exception {
    return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
  }
}
