package org.answerprint.joins;

import java.util.List;
import org.answerprint.frames.RawFrame;

/** The frames of one side of a cut, in order of time. They may be made or read anew whenever they are asked for. */
public interface Side {

  /** How many there are; 0 where nothing is replaced on this side. */
  int size();

  /** One of them, from 0; not written to. Joins ask for each once, in order. */
  RawFrame get(int index);

  /** Frames that are there already. */
  static Side of(List<RawFrame> frames) {
    return new Side() {
      @Override
      public int size() {
        return frames.size();
      }

      @Override
      public RawFrame get(int index) {
        return frames.get(index);
      }
    };
  }
}
