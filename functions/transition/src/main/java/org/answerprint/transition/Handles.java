package org.answerprint.transition;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.answerprint.frames.RawFrame;
import org.answerprint.handles.HandleEntry;
import org.answerprint.handles.HandleGroup;
import org.answerprint.handles.HandlePack;
import org.answerprint.joins.Side;

/** One side of a transition, whose frames are unpacked one by one: 120 of 4K and 10 bits would be 3 GB. */
final class Handles implements Side, AutoCloseable {

  private final Optional<HandlePack> pack;
  private final List<HandleEntry> entries;

  private Handles(Optional<HandlePack> pack, List<HandleEntry> entries) {
    this.pack = pack;
    this.entries = entries;
  }

  /** A side on which nothing is replaced. */
  static Handles none() {
    return new Handles(Optional.empty(), List.of());
  }

  /** One group of the frames in a pack file. */
  static Handles open(Path file, HandleGroup group) {
    HandlePack pack = HandlePack.open(file);
    return new Handles(Optional.of(pack), pack.entries(group));
  }

  @Override
  public int size() {
    return entries.size();
  }

  @Override
  public RawFrame get(int index) {
    return pack.orElseThrow().frame(entries.get(index));
  }

  @Override
  public void close() {
    pack.ifPresent(HandlePack::close);
  }
}
