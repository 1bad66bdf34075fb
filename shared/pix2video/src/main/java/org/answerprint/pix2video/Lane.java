package org.answerprint.pix2video;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.answerprint.runtime.Denoiser;
import org.answerprint.runtime.Denoiser.Shared;
import org.answerprint.runtime.Denoiser.Sharing;

/** One step's calls for the branches that go through the network together; frames attend to frames of their own branch. */
final class Lane {

  private final Denoiser denoiser;
  private final List<float[]> texts;
  private Carried carried;

  /** @param texts {@code [1, 77, D]} of each branch */
  Lane(Denoiser denoiser, List<float[]> texts) {
    this.denoiser = denoiser;
    this.texts = texts;
    this.carried = Carried.nothing(denoiser);
  }

  /** The predictions for a chunk, branch by branch; chunks come in order. */
  float[] prediction(Clip clip, float[] latents, double timestep, Chunk chunk) {
    float[] samples = Frames.samples(clip, latents, chunk.from(), texts.size());
    if (denoiser.ported().isEmpty()) {
      return denoiser.denoise(samples, timestep, texts(chunk.frames()));
    }
    List<Carried.Row> lent = rows(chunk.lent());
    long[] kept = lent.isEmpty() ? new long[] {0}
        : lent.stream().mapToLong(row -> (long) row.branch() * chunk.frames() + row.frame() - chunk.from()).toArray();
    Shared shared = denoiser.denoise(samples, timestep, texts(chunk.frames()), new Sharing(carried.features(), seen(chunk), kept));
    carried = carried.after(chunk, lent, shared.kept());
    return shared.prediction();
  }

  private long[] seen(Chunk chunk) {
    return IntStream.range(0, texts.size()).boxed().flatMapToLong(branch -> Arrays.stream(chunk.seen()).flatMapToLong(
        frames -> Arrays.stream(frames).mapToLong(frame -> carried.number(new Carried.Row(branch, frame), chunk)))).toArray();
  }

  private List<Carried.Row> rows(List<Integer> frames) {
    List<Carried.Row> rows = new ArrayList<>();
    for (int branch = 0; branch < texts.size(); branch++) {
      for (int frame : frames) {
        rows.add(new Carried.Row(branch, frame));
      }
    }
    return rows;
  }

  private float[] texts(int frames) {
    int length = texts.getFirst().length;
    float[] rows = new float[texts.size() * frames * length];
    for (int branch = 0; branch < texts.size(); branch++) {
      System.arraycopy(Frames.repeated(texts.get(branch), frames), 0, rows, branch * frames * length, frames * length);
    }
    return rows;
  }
}
