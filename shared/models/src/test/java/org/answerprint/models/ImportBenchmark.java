package org.answerprint.models;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.answerprint.bundles.BundleCache;
import org.answerprint.bundles.CheckpointReader;
import org.answerprint.bundles.ComponentKind;
import org.answerprint.weights.ElementType;

/**
 * An import of a folder of Stable Diffusion 1.5's size (4.3 GB of random weights) beside a copy of its files by {@code cp -r} that is
 * forced to the disk as well. Arguments: a folder with room for three times as much, which is deleted in the end; rounds (2);
 * {@code warm}, or {@code cold} to have the system forget the files before each copy and import.
 */
public final class ImportBenchmark {

  private static final String UNET = """
      {"_class_name": "UNet2DConditionModel", "attention_head_dim": 8, "block_out_channels": [320, 640, 1280, 1280],
       "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
       "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
       "cross_attention_dim": 768, "layers_per_block": 2}
      """;
  private static final String VAE = """
      {"_class_name": "AutoencoderKL", "block_out_channels": [128, 256, 512, 512], "layers_per_block": 2, "latent_channels": 4,
       "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
       "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]}
      """;
  private static final String TEXT = """
      {"architectures": ["CLIPTextModel"], "hidden_size": 768, "intermediate_size": 3072, "num_hidden_layers": 12,
       "num_attention_heads": 12, "hidden_act": "quick_gelu", "max_position_embeddings": 77, "vocab_size": 49408,
       "layer_norm_eps": 1e-5}
      """;

  private ImportBenchmark() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path root = Files.createDirectories(Path.of(arguments[0]));
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2;
    boolean cold = arguments.length > 2 && arguments[2].equals("cold");
    try {
      Path checkpoint = checkpoint(root);
      for (int round = 0; round < rounds; round++) {
        double copied = seconds(checkpoint, cold, () -> copy(checkpoint, root.resolve("copy")));
        delete(root.resolve("copy"));
        long before = processorNanos();
        double imported = seconds(checkpoint, cold, () -> new BundleCache(root.resolve("cache"))
            .add(CheckpointReader.read(checkpoint, new Definitions(), false), "benchmark"));
        double busy = (processorNanos() - before) / 1e9;
        double again = seconds(checkpoint, cold, () -> new BundleCache(root.resolve("cache"))
            .add(CheckpointReader.read(checkpoint, new Definitions(), false), "again"));
        delete(root.resolve("cache"));
        System.out.printf("%s, %d processors: cp -r and fsync %.1f s, import %.1f s (%.2f times that; %.1f s of processor), again %.1f s; heap's peak %d MB%n",
            cold ? "cold" : "warm", Runtime.getRuntime().availableProcessors(), copied, imported,
            imported / copied, busy, again, heapPeak() >> 20);
      }
    } finally {
      delete(root);
    }
  }

  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  private static double seconds(Path checkpoint, boolean cold, Work work) throws IOException, InterruptedException {
    if (cold) {
      for (Path file : files(checkpoint)) {
        call("dd", "if=" + file, "iflag=nocache", "count=0", "status=none");
      }
    }
    long started = System.nanoTime();
    work.run();
    return (System.nanoTime() - started) / 1e9;
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    call("cp", "-r", from.toString(), to.toString());
    for (Path file : files(to)) {
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
    }
  }

  private static void call(String... command) throws IOException, InterruptedException {
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException(List.of(command) + " failed");
    }
  }

  private static Path checkpoint(Path root) throws IOException {
    Path folder = Checkpoints.part("sd15", root, "tokenizer", "scheduler");
    RandomComponent.of(folder.resolve("unet"), ComponentKind.IMAGE_UNET, UNET).in("diffusion_pytorch_model.safetensors", ElementType.FLOAT32);
    RandomComponent.of(folder.resolve("vae"), ComponentKind.AUTOENCODER, VAE).in("diffusion_pytorch_model.safetensors", ElementType.FLOAT32);
    RandomComponent.of(folder.resolve("text_encoder"), ComponentKind.TEXT_ENCODER, TEXT).in("model.safetensors", ElementType.FLOAT32);
    return folder;
  }

  private static long processorNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static long heapPeak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage).mapToLong(usage -> usage.getUsed()).sum();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> inside = Files.walk(folder)) {
        for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }
}
