package org.answerprint.media;

import static org.bytedeco.ffmpeg.global.avcodec.avcodec_get_name;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.av_disposition_from_string;
import static org.bytedeco.ffmpeg.global.avformat.av_disposition_to_string;
import static org.bytedeco.ffmpeg.global.avutil.AV_DICT_IGNORE_SUFFIX;
import static org.bytedeco.ffmpeg.global.avutil.av_dict_get;
import static org.bytedeco.ffmpeg.global.avutil.av_get_media_type_string;
import static org.bytedeco.ffmpeg.global.avutil.av_get_time_base_q;
import static org.bytedeco.ffmpeg.global.avutil.av_rescale_q;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.ffmpeg.avformat.AVChapter;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;

/** Reads what a container says about itself and its tracks, within bounds. */
final class Labels {

  private static final Set<String> OF_THE_FILE =
      Set.of("major_brand", "minor_version", "compatible_brands", "encoder", "software", "duration");
  private static final int MOST_TAGS = 100;
  private static final int MOST_CHARACTERS = 4096;
  private static final int MOST_CHAPTERS = 1000;

  private Labels() {
  }

  /** {@code audio} are the sound tracks that are not left out. */
  static FilmExtras extras(AVFormatContext format, int picture, List<AudioInfo> audio) {
    return new FilmExtras(tags(format.metadata()), chapters(format), leftOut(format, picture, audio));
  }

  private static List<Tag> tags(AVDictionary dictionary) {
    List<Tag> tags = new ArrayList<>();
    AVDictionaryEntry entry = null;
    while (!Native.absent(dictionary) && tags.size() < MOST_TAGS
        && !Native.absent(entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX))) {
      Tag tag = new Tag(entry.key().getString(), entry.value().getString());
      boolean bounded = tag.name().length() <= 128 && tag.value().length() <= MOST_CHARACTERS;
      if (bounded && !OF_THE_FILE.contains(tag.name().toLowerCase(Locale.ROOT))) {
        tags.add(tag);
      }
    }
    return tags;
  }

  /** A tag's value, or empty. */
  static String tag(AVDictionary dictionary, String name) {
    AVDictionaryEntry entry = Native.absent(dictionary) ? null : av_dict_get(dictionary, name, null, 0);
    String value = Native.absent(entry) ? "" : entry.value().getString();
    return value.length() > MOST_CHARACTERS ? "" : value;
  }

  /** A track's title; MP4 keeps it as the name of the track's handler, which says nothing where it is the usual one. */
  static String title(AVDictionary dictionary) {
    String title = tag(dictionary, "title");
    String handler = tag(dictionary, "handler_name");
    return !title.isEmpty() ? title : handler.equals("SoundHandler") ? "" : handler;
  }

  private static List<Chapter> chapters(AVFormatContext format) {
    List<Chapter> chapters = new ArrayList<>();
    for (int i = 0; i < Math.min(format.nb_chapters(), MOST_CHAPTERS); i++) {
      AVChapter chapter = format.chapters(i);
      chapters.add(new Chapter(av_rescale_q(chapter.start(), chapter.time_base(), av_get_time_base_q()),
          av_rescale_q(chapter.end(), chapter.time_base(), av_get_time_base_q()), tag(chapter.metadata(), "title")));
    }
    return chapters;
  }

  private static List<String> leftOut(AVFormatContext format, int picture, List<AudioInfo> audio) {
    Set<Integer> kept = audio.stream().map(AudioInfo::stream).collect(Collectors.toSet());
    List<String> others = new ArrayList<>();
    for (int i = 0; i < format.nb_streams(); i++) {
      int kind = format.streams(i).codecpar().codec_type();
      boolean chapterText = format.nb_chapters() > 0 && codec(format.streams(i)).equals("bin_data");
      if (i != picture && !kept.contains(i) && !chapterText) {
        others.add(describe(format.streams(i), kind));
      }
    }
    return others;
  }

  private static String describe(AVStream stream, int kind) {
    boolean cover = (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) != 0;
    String language = tag(stream.metadata(), "language");
    return (cover ? "cover picture" : Native.text(av_get_media_type_string(kind), "unknown") + " track") + " "
        + stream.index() + " (" + codec(stream) + (language.isEmpty() ? "" : ", " + language) + ")";
  }

  private static String codec(AVStream stream) {
    return avcodec_get_name(stream.codecpar().codec_id()).getString();
  }

  static List<String> roles(int disposition) {
    List<String> roles = new ArrayList<>();
    for (int bit = 0; bit < 31; bit++) {
      if ((disposition & 1 << bit) != 0) {
        String name = Native.text(av_disposition_to_string(1 << bit), "");
        if (!name.isEmpty()) {
          roles.add(name);
        }
      }
    }
    return roles;
  }

  static int disposition(List<String> roles) {
    return roles.stream().mapToInt(role -> Math.max(0, av_disposition_from_string(role))).reduce(0, (a, b) -> a | b);
  }
}
