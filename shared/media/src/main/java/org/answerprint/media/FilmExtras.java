package org.answerprint.media;

import java.util.List;

/**
 * What a film has beside pictures and sound.
 *
 * @param tags what it says about itself, the container's own notes left out
 * @param chapters in order
 * @param leftOut other streams, which an edited film has not: a few words each, for people
 */
public record FilmExtras(List<Tag> tags, List<Chapter> chapters, List<String> leftOut) {

  public static final FilmExtras NONE = new FilmExtras(List.of(), List.of(), List.of());

  public FilmExtras {
    tags = List.copyOf(tags);
    chapters = List.copyOf(chapters);
    leftOut = List.copyOf(leftOut);
  }
}
