package org.answerprint.media;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a film is made of, as found by opening it and decoding its first picture.
 *
 * @param container FFmpeg's name of the format, for example {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param durationMicros as the container declares it, 0 where it does not
 * @param bytes size of the file
 * @param video the film's pictures
 * @param audio its sound tracks, in the container's order
 */
public record MediaInfo(String container, long durationMicros, long bytes, VideoInfo video, List<AudioInfo> audio) {

  public MediaInfo {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(video, "video");
    audio = List.copyOf(audio);
  }

  /** The sound track that players choose, if there is any sound. */
  public Optional<AudioInfo> defaultAudio() {
    return audio.stream().filter(AudioInfo::preferred).findFirst();
  }
}
