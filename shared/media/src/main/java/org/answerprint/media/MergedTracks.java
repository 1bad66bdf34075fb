package org.answerprint.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Several sound tracks read side by side, each by a reader of its own. Owns the readers. */
final class MergedTracks implements TrackReader {

  private final List<AudioReader> readers;
  private final List<Optional<AudioPacket>> heads = new ArrayList<>();

  MergedTracks(List<AudioReader> readers) {
    this.readers = List.copyOf(readers);
    this.readers.forEach(reader -> heads.add(reader.next()));
  }

  @Override
  public List<AudioFormat> formats() {
    return readers.stream().map(AudioReader::format).toList();
  }

  @Override
  public Optional<TrackPacket> next() {
    int earliest = -1;
    for (int i = 0; i < heads.size(); i++) {
      if (heads.get(i).isPresent() && (earliest < 0 || seconds(i) < seconds(earliest))) {
        earliest = i;
      }
    }
    if (earliest < 0) {
      return Optional.empty();
    }
    TrackPacket next = new TrackPacket(earliest, heads.get(earliest).orElseThrow());
    heads.set(earliest, readers.get(earliest).next());
    return Optional.of(next);
  }

  private double seconds(int track) {
    return readers.get(track).format().timeBase().seconds(heads.get(track).orElseThrow().pts());
  }

  @Override
  public void close() {
    readers.forEach(AudioReader::close);
  }
}
