package org.answerprint.corpus;

import static org.answerprint.corpus.Bytes.big;
import static org.answerprint.corpus.Bytes.little;
import static org.answerprint.corpus.Bytes.noise;
import static org.answerprint.corpus.Bytes.text;
import static org.answerprint.corpus.Bytes.zeros;
import static org.answerprint.corpus.Materials.FRAMES;
import static org.answerprint.corpus.Materials.HEIGHT;
import static org.answerprint.corpus.Materials.WIDTH;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;

/** AVI, GIF, transport and other streams, sound that lies, and pictures that cost far more than their bytes. */
final class OtherSpecimens {

  private static final Outcome EITHER = new Outcome.Either();
  private static final Outcome WHOLE = Outcome.edited(FRAMES, WIDTH, HEIGHT, true);

  private final List<Specimen> specimens = new ArrayList<>();
  private final byte[] film = Materials.film(true);

  private OtherSpecimens() {
  }

  static List<Specimen> all() {
    OtherSpecimens all = new OtherSpecimens();
    all.avi();
    all.gif();
    all.streams();
    all.sound();
    all.pictures();
    return all.specimens;
  }

  private void add(String name, String attacks, Outcome outcome, byte[] bytes) {
    specimens.add(new Specimen(name, attacks, bytes, outcome));
  }

  private void avi() {
    byte[] avi = Materials.encoded("avi", "mpeg4", "yuv420p", 64, 48, 20);
    Outcome whole = Outcome.edited(20, 64, 48, false);
    add("plain.avi", "an honest AVI film", whole, avi);
    add("raw.avi", "an honest film of raw pictures", Outcome.edited(6, 64, 48, false), Materials.encoded("avi", "rawvideo", "yuv420p", 64, 48, 6));
    int index = Bytes.find(avi, "idx1", 0);
    add("no-index.avi", "no index", whole, Bytes.cut(avi, index));
    add("index-noise.avi", "an index of noise", EITHER, Bytes.patched(avi, index + 8, noise(avi.length - index - 8, 50)));
    add("index-behind.avi", "an index that points behind the end", EITHER, Bytes.patched(avi, index + 16, little(0x7fff_ffff, 4)));
    int rate = Bytes.find(avi, "strh", 0) + 28;
    add("rate-none.avi", "no pictures a second", EITHER, Bytes.patched(avi, rate, zeros(8)));
    add("rate-most.avi", "2^31 pictures a second", EITHER, Bytes.patched(avi, rate, Bytes.of(little(1, 4), little(0x7fff_ffff, 4)).done()));
    add("size-most.avi", "pictures of 2^31-1 a side", EITHER, Bytes.patched(avi, Bytes.find(avi, "strf", 0) + 12, Bytes.of(little(0x7fff_ffff, 4), little(0x7fff_ffff, 4)).done()));
    add("list-most.avi", "a list that claims 4 GiB", EITHER, Bytes.patched(avi, Bytes.find(avi, "movi", 0) - 4, little(0xffff_ffffL, 4)));
    add("half.avi", "half of it", new Outcome.Edited(1, 19, 64, 48, false), Bytes.cut(avi, Bytes.find(avi, "movi", 0) + (index - Bytes.find(avi, "movi", 0)) / 2));
    byte[] nested = zeros(0);
    for (int i = 0; i < 2000; i++) {
      nested = Bytes.of(text("LIST"), little(nested.length + 4L, 4), text("hdrl"), nested).done();
    }
    add("deep.avi", "two thousand lists in one another", Outcome.rejected(), Bytes.of(text("RIFF"), little(nested.length + 4L, 4), text("AVI "), nested).done());
  }

  private void gif() {
    byte[] gif = Materials.encoded("gif", "gif", "rgb8", 64, 48, 12);
    add("plain.gif", "an honest animation", Outcome.edited(12, 64, 48, false), gif);
    add("half.gif", "half of an animation", EITHER, Bytes.cut(gif, gif.length / 2));
    add("size-most.gif", "an animation of 65535x65535", Outcome.rejected(), Bytes.patched(gif, 6, Bytes.of(little(65_535, 2), little(65_535, 2)).done()));
    byte[] head = Bytes.of(text("GIF89a"), little(2, 2), little(2, 2), new byte[] {(byte) 0x80, 0, 0, 0, 0, 0, -1, -1, -1}).done();
    byte[] picture = Bytes.of(new byte[] {0x21, (byte) 0xf9, 4, 0, 0, 0, 0, 0, 0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 0x02, 0x05, 0}).done();
    add("many.gif", "twenty thousand pictures without a pause", EITHER, Bytes.of(head, Bytes.repeat(picture, 20_000), new byte[] {0x3b}).done());
    add("empty.gif", "an animation without pictures", Outcome.rejected(), Bytes.of(head, new byte[] {0x3b}).done());
  }

  private void streams() {
    byte[] stream = Materials.remuxed(film, "mpegts", Map.of());
    add("plain.ts", "an honest transport stream", WHOLE, stream);
    add("plain.flv", "an honest Flash film", WHOLE, Materials.remuxed(film, "flv", Map.of()));
    add("plain.mpg", "an honest MPEG-2 film", Outcome.edited(20, 64, 48, false), Materials.encoded("mpeg", "mpeg2video", "yuv420p", 64, 48, 20));
    add("torn.ts", "a transport stream with holes", EITHER, holes(stream));
    add("scrambled.ts", "a scrambled transport stream", Outcome.rejected(), scrambled(stream));
    add("sizes.ts", "pictures that grow to 640x480 in the middle", EITHER,
        Bytes.of(stream, Materials.remuxed(Materials.film(640, 480, 10, true), "mpegts", Map.of("output_ts_offset", "1.2"))).done());
    add("back.ts", "a clock that starts again", EITHER, Bytes.of(stream, stream, stream).done());
    add("half.flv", "half of a Flash film", EITHER, Bytes.cut(Materials.remuxed(film, "flv", Map.of()), film.length / 2));
  }

  private static byte[] holes(byte[] stream) {
    byte[] copy = stream.clone();
    for (int at = 188 * 20; at + 188 < copy.length; at += 188 * 13) {
      System.arraycopy(noise(188, at), 0, copy, at, 188);
    }
    return copy;
  }

  /** All packets but the tables say that they are scrambled, and are. */
  private static byte[] scrambled(byte[] stream) {
    byte[] copy = stream.clone();
    for (int at = 0; at + 188 <= copy.length; at += 188) {
      int pid = (copy[at + 1] & 0x1f) << 8 | copy[at + 2] & 0xff;
      if (pid >= 0x100 && pid < 0x1000) {
        copy[at + 3] |= (byte) 0x80;
        System.arraycopy(noise(180, at), 0, copy, at + 8, 180);
      }
    }
    return copy;
  }

  private void sound() {
    int entry = Bytes.find(film, "mp4a", Bytes.find(film, "soun", 0));
    add("channels-65535.mp4", "sound of 65535 channels", EITHER, Bytes.patched(film, entry + 20, big(0xffff, 2)));
    add("rate-none.mp4", "sound of no samples a second", EITHER, Bytes.patched(film, entry + 28, zeros(4)));
    add("sound-noise.mp4", "a sound header of noise", EITHER, Bytes.patched(film, Bytes.find(film, "esds", 0) + 8, noise(20, 60)));
    add("channels-200.mkv", "raw sound of 200 channels", Outcome.rejected(), rawSound(200, 48_000));
    add("rate-most.mkv", "raw sound of ten million samples a second", Outcome.rejected(), rawSound(2, 10_000_000));
    add("cover.mp4", "sound with a cover", Outcome.rejected(), cover());
  }

  private static byte[] rawSound(int channels, double rate) {
    byte[] sound = Ebml.element(0xae, Ebml.number(0xd7, 2), Ebml.number(0x73c5, 2), Ebml.number(0x83, 2), Ebml.text(0x86, "A_PCM/INT/LIT"),
        Ebml.element(0xe1, Ebml.element(0xb5, big(Double.doubleToLongBits(rate), 8)), Ebml.number(0x9f, channels), Ebml.number(0x6264, 16)));
    byte[] jpeg = Materials.encoded("image2pipe", "mjpeg", "yuvj420p", 64, 48, 1);
    return Ebml.file(Ebml.info(40_000_000), Ebml.element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48), sound), Ebml.cluster(0, jpeg, jpeg, jpeg),
        Ebml.element(Ebml.CLUSTER, Ebml.number(0xe7, 3), Ebml.element(0xa3, new byte[] {(byte) 0x82, 0, 0, (byte) 0x80}, zeros(8000))));
  }

  private byte[] cover() {
    Box file = Box.parse(film);
    Box sound = file.at("moov").children.stream().filter(box -> box.type.equals("trak")).skip(1).findFirst().orElseThrow();
    file.at("moov").children.removeIf(box -> box.type.equals("trak") && box != sound);
    byte[] picture = Box.leaf("data", big(14, 4), zeros(4), Materials.encoded("image2pipe", "png", "rgb24", 64, 48, 1)).bytes();
    return file.add("moov", Box.of("udta", Box.leaf("meta", zeros(4), Box.leaf("hdlr", zeros(8), text("mdirappl"), zeros(9)).bytes(),
        Box.leaf("ilst", Box.leaf("covr", picture).bytes()).bytes()))).bytes();
  }

  /** Pictures inside films, whose header claims far more than there is. */
  private void pictures() {
    byte[] pngs = Materials.encoded("mov", "png", "rgb24", 64, 48, 8);
    add("pngs.mov", "an honest film of PNGs", Outcome.edited(8, 64, 48, false), pngs);
    add("png-65535.mkv", "a film of PNGs of 65535x65535", Outcome.rejected(), png(65_535));
    add("png-5000.mkv", "a film of PNGs of 5000x5000 that compress to nothing", EITHER, png(5000));
    add("jpeg-65500.mkv", "a JPEG that says 65500x65500", Outcome.rejected(), jpeg(65_500));
    add("prores.mov", "an honest film of ProRes", Outcome.edited(6, 64, 48, false), Materials.encoded("mov", "prores_ks", "yuv422p10le", 64, 48, 6));
    add("jpeg2000.mov", "an honest film of JPEG 2000", Outcome.edited(4, 64, 48, false), Materials.encoded("mov", "jpeg2000", "rgb24", 64, 48, 4));
    add("jpeg2000-most.mov", "a film of JPEG 2000 of 2^31 a side", Outcome.rejected(), jpeg2000());
    add("growing.mkv", "JPEGs that grow from 64x48 to 65500x65500", EITHER, growing());
  }

  private static byte[] jpeg(int side) {
    byte[] jpeg = Materials.encoded("image2pipe", "mjpeg", "yuvj420p", 64, 48, 1);
    int frame = Bytes.find(jpeg, "\u00ff\u00c0", 0);
    byte[] bomb = Bytes.patched(jpeg, frame + 5, Bytes.of(big(side, 2), big(side, 2)).done());
    return Ebml.file(Ebml.info(40_000_000), Ebml.element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", side, side)), Ebml.cluster(0, bomb, bomb));
  }

  private static byte[] growing() {
    byte[] jpeg = Materials.encoded("image2pipe", "mjpeg", "yuvj420p", 64, 48, 1);
    byte[] bomb = Bytes.patched(jpeg, Bytes.find(jpeg, "\u00ff\u00c0", 0) + 5, Bytes.of(big(65_500, 2), big(65_500, 2)).done());
    return Ebml.file(Ebml.info(40_000_000), Ebml.element(Ebml.TRACKS, Ebml.track(1, "V_MJPEG", 64, 48)), Ebml.cluster(0, jpeg, jpeg, bomb, bomb));
  }

  private static byte[] jpeg2000() {
    byte[] film = Materials.encoded("mov", "jpeg2000", "rgb24", 64, 48, 4);
    byte[] most = Bytes.of(big(0x7fff_ffff, 4), big(0x7fff_ffff, 4)).done();
    int at = 0;
    for (int i = 0; i < 4; i++) {
      at = Bytes.find(film, "\u00ff\u004f\u00ff\u0051", at) + 8;
      film = Bytes.patched(film, at, most);
    }
    return film;
  }

  /** A film of PNGs of zeros, which compress a thousand to one. */
  private static byte[] png(int side) {
    byte[] row = zeros(1 + side * 3);
    byte[] pixels = side > 10_000 ? Bytes.repeat(row, 4) : Bytes.repeat(row, side);
    byte[] png = Bytes.of(text("\u0089PNG\r\n\u001a\n"), chunk("IHDR", Bytes.of(big(side, 4), big(side, 4), new byte[] {8, 2, 0, 0, 0}).done()),
        chunk("IDAT", Mp4Specimens.deflated(pixels)), chunk("IEND", zeros(0))).done();
    byte[] description = Bytes.of(little(40, 4), little(side, 4), little(side, 4), little(1, 2), little(24, 2), text("MPNG"), zeros(20)).done();
    return Ebml.file(Ebml.info(40_000_000), Ebml.element(Ebml.TRACKS, Ebml.track(1, "V_MS/VFW/FOURCC", side, side, Ebml.element(0x63a2, description))),
        Ebml.cluster(0, png, png));
  }

  private static byte[] chunk(String type, byte[] content) {
    byte[] body = Bytes.of(text(type), content).done();
    CRC32 sum = new CRC32();
    sum.update(body);
    return Bytes.of(big(content.length, 4), body, big(sum.getValue(), 4)).done();
  }
}
