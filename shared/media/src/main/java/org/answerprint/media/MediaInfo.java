package org.answerprint.media;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.answerprint.faults.RequestFault;

/**
 * What a film is made of, as found by opening it and decoding its first picture.
 *
 * @param container FFmpeg's name of the format, for example {@code mov,mp4,m4a,3gp,3g2,mj2}
 * @param durationMicros as the container declares it, 0 where it does not
 * @param bytes size of the file
 * @param video the film's pictures
 * @param audio its sound tracks, in the container's order
 * @param extras what it has besides
 */
public record MediaInfo(
    String container, long durationMicros, long bytes, VideoInfo video, List<AudioInfo> audio, FilmExtras extras) {

  public MediaInfo {
    Objects.requireNonNull(container, "container");
    Objects.requireNonNull(video, "video");
    Objects.requireNonNull(extras, "extras");
    audio = List.copyOf(audio);
  }

  /** A film of pictures and sound alone. */
  public MediaInfo(String container, long durationMicros, long bytes, VideoInfo video, List<AudioInfo> audio) {
    this(container, durationMicros, bytes, video, audio, FilmExtras.NONE);
  }

  /** The sound track of a stream. */
  AudioInfo track(int stream) {
    return audio.stream().filter(track -> track.stream() == stream).findFirst().orElseThrow(
        () -> new RequestFault("stream " + stream + " of the film holds no sound; name one of its sound tracks"));
  }

  /** The sound track that players choose, if there is any sound. */
  public Optional<AudioInfo> defaultAudio() {
    return audio.stream().filter(AudioInfo::preferred).findFirst();
  }
}
