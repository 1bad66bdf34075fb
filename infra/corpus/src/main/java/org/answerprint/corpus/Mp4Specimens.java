package org.answerprint.corpus;

import static org.answerprint.corpus.Bytes.big;
import static org.answerprint.corpus.Bytes.noise;
import static org.answerprint.corpus.Bytes.text;
import static org.answerprint.corpus.Bytes.zeros;
import static org.answerprint.corpus.Materials.FRAMES;
import static org.answerprint.corpus.Materials.HEIGHT;
import static org.answerprint.corpus.Materials.WIDTH;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;

/** MP4 and QuickTime: the index lies, points elsewhere, nests, or claims more than there is. */
final class Mp4Specimens {

  private static final String TRACK = "moov/trak/mdia/minf/stbl/";
  private static final Outcome WHOLE = Outcome.edited(FRAMES, WIDTH, HEIGHT, true);
  private static final Outcome SILENT = Outcome.edited(FRAMES, WIDTH, HEIGHT, false);
  private static final Outcome EITHER = new Outcome.Either();
  private static final long MOST = 0xffff_ffffL;

  /** With the index behind the samples, so that it can grow. */
  private final byte[] film = Materials.remuxed(Materials.film(true), "mp4", Map.of());
  private final byte[] silent = Materials.remuxed(Materials.film(false), "mp4", Map.of());
  private final List<Specimen> specimens = new ArrayList<>();

  private Mp4Specimens() {
  }

  static List<Specimen> all(Bait bait) {
    Mp4Specimens all = new Mp4Specimens();
    all.honest();
    all.damaged();
    all.references(bait);
    all.tables();
    all.times();
    all.nesting();
    all.descriptions();
    return all.specimens;
  }

  private void add(String name, String attacks, Outcome outcome, byte[] bytes) {
    specimens.add(new Specimen(name, attacks, bytes, outcome));
  }

  private void add(String name, String attacks, Outcome outcome, Box file) {
    add(name, attacks, outcome, file.bytes());
  }

  private Box film() {
    return Box.parse(film);
  }

  private Box silent() {
    return Box.parse(silent);
  }

  private void honest() {
    add("plain.mp4", "nothing: an honest film", WHOLE, film);
    add("plain.mov", "an honest QuickTime film", WHOLE, Materials.remuxed(film, "mov", Map.of()));
    add("silent.mp4", "no sound", SILENT, silent);
    add("renamed.txt", "a film that is called a text", WHOLE, film);
    add("one-picture.mp4", "a film of one picture", Outcome.edited(1, WIDTH, HEIGHT, false), Materials.film(WIDTH, HEIGHT, 1, false));
    add("tiny.mp4", "pictures of 2x2", Outcome.edited(9, 2, 2, false), Materials.film(2, 2, 9, false));
    add("narrow.mp4", "pictures of 4x1200", Outcome.edited(9, 4, 1200, false), Materials.film(4, 1200, 9, false));
    add("fragmented.mp4", "fragments", WHOLE, fragmented());
    add("index-first.mp4", "the index before the samples", WHOLE, Materials.remuxed(film, "mp4", Map.of("movflags", "faststart")));
    add("trailing.mp4", "noise behind the end", WHOLE, Bytes.of(film, noise(50_000, 11)).done());
    add("unknown-boxes.mp4", "boxes that nobody knows", WHOLE, Bytes.of(film, Box.leaf("junk", noise(5000, 12)).bytes(),
        Box.leaf("\u00a9\u00ff\u0001x", noise(50, 13)).bytes()).done());
  }

  private byte[] fragmented() {
    return Materials.remuxed(film, "mp4", Map.of("movflags", "frag_every_frame+empty_moov+default_base_moof"));
  }

  private void damaged() {
    byte[] first = Materials.remuxed(film, "mp4", Map.of("movflags", "faststart"));
    add("no-index.mp4", "cut before its index", Outcome.rejected(), Bytes.cut(film, Bytes.find(film, "moov", 0) - 4));
    add("half-index.mp4", "cut within its index", Outcome.rejected(), Bytes.cut(film, Bytes.find(film, "moov", 0) + 600));
    add("half.mp4", "half of its samples", new Outcome.Edited(5, FRAMES - 1, WIDTH, HEIGHT, true),
        Bytes.cut(first, Bytes.find(first, "mdat", 0) + (first.length - Bytes.find(first, "mdat", 0)) / 2));
    byte[] fragments = fragmented();
    add("endless.mp4", "fragments without an end", new Outcome.Edited(5, FRAMES - 1, WIDTH, HEIGHT, true), Bytes.cut(fragments, fragments.length * 2 / 3));
    add("torn-fragment.mp4", "a fragment claims samples far behind the end", EITHER, Bytes.patched(fragments, Bytes.find(fragments, "trun", 0) + 8, big(0x7fff_ffff, 4)));
    add("zeroed.mp4", "samples are all zeros", Outcome.rejected(), film().with("mdat", data -> zeros(data.length)));
    add("noise-samples.mp4", "samples are all noise", Outcome.rejected(), silent().with("mdat", data -> noise(data.length, 14)));
    for (int seed = 20; seed < 28; seed++) {
      long from = seed;
      add("flipped-" + seed + ".mp4", "bits flipped anywhere in the samples", EITHER, film().with("mdat", data -> flipped(data, from, 40)));
      add("flipped-index-" + seed + ".mp4", "bits flipped anywhere in the index", EITHER, flippedIndex(from));
    }
  }

  private static byte[] flipped(byte[] data, long seed, int flips) {
    byte[] copy = data.clone();
    byte[] noise = noise(flips * 4, seed);
    for (int i = 0; i < flips; i++) {
      int at = Math.floorMod((noise[4 * i] & 0xff) << 16 | (noise[4 * i + 1] & 0xff) << 8 | noise[4 * i + 2] & 0xff, copy.length);
      copy[at] ^= (byte) (1 << (noise[4 * i + 3] & 7));
    }
    return copy;
  }

  private byte[] flippedIndex(long seed) {
    int at = Bytes.find(film, "moov", 0) + 4;
    byte[] index = java.util.Arrays.copyOfRange(film, at, film.length);
    return Bytes.patched(film, at, flipped(index, seed, 25));
  }

  private void references(Bait bait) {
    String url = "file://" + bait.file();
    add("dref-file.mp4", "samples are said to lie in another file", EITHER, reference("url ", text(url + "\0")));
    add("dref-http.mp4", "samples are said to lie on a host", EITHER, reference("url ", text(bait.url() + "\0")));
    add("dref-urn.mp4", "samples are said to lie under a name", EITHER, reference("urn ", text(url + "\0" + url + "\0")));
    add("dref-alias.mov", "samples are said to lie behind an alias", EITHER, alias(bait));
    add("dref-many.mp4", "sixteen million data references", EITHER, film().patch("moov/trak/mdia/minf/dinf/dref", 4, big(0x0100_0000, 4)));
    byte[] rmda = Box.leaf("rdrf", zeros(4), text("url "), big(url.length() + 1L, 4), text(url + "\0")).bytes();
    add("reference.mov", "a reference movie", Outcome.rejected(), Bytes.of(Box.leaf("ftyp", text("qt  "), zeros(4)).bytes(),
        Box.leaf("moov", Box.leaf("rmra", Box.leaf("rmda", rmda).bytes()).bytes()).bytes()).done());
    add("reference-beside.mov", "a reference movie beside a real one", WHOLE, film().add("moov", Box.leaf("rmra", Box.leaf("rmda", rmda).bytes())));
  }

  /** The first data reference of the pictures without the flag that says "in this file". */
  private Box reference(String type, byte[] target) {
    return silent().with("moov/trak/mdia/minf/dinf/dref", old -> Bytes.of(zeros(4), big(1, 4), Box.leaf(type, zeros(4), target).bytes()).done());
  }

  private Box alias(Bait bait) {
    byte[] path = text(bait.file().toString());
    byte[] record = Bytes.of(zeros(4), big(150 + path.length + 8L, 2), big(2, 2), zeros(2), zeros(142), big(2, 2), big(path.length, 2), path,
        new byte[path.length % 2], big(18, 2), big(1, 2), text("/\0"), big(0xffff, 2)).done();
    return silent().with("moov/trak/mdia/minf/dinf/dref", old -> Bytes.of(zeros(4), big(1, 4), Box.leaf("alis", zeros(4), record).bytes()).done());
  }

  private void tables() {
    add("stsz-most.mp4", "2^32-1 samples of listed sizes", EITHER, silent().patch(TRACK + "stsz", 8, big(MOST, 4)));
    add("stsz-constant.mp4", "2^32-1 samples of one size", EITHER, silent().patch(TRACK + "stsz", 4, Bytes.of(big(1, 4), big(MOST, 4)).done()));
    add("stsz-million.mp4", "a hundred million samples of one byte", EITHER, silent().patch(TRACK + "stsz", 4, Bytes.of(big(1, 4), big(100_000_000, 4)).done()));
    add("stsz-huge.mp4", "one sample of 2 GiB", EITHER, silent().patch(TRACK + "stsz", 12, big(0x7fff_fff0, 4)));
    add("stts-most.mp4", "one time for 2^32-1 samples", EITHER, silent().patch(TRACK + "stts", 8, big(MOST, 4)));
    add("stts-entries.mp4", "2^28 times", EITHER, silent().patch(TRACK + "stts", 4, big(1 << 28, 4)));
    add("stsc-most.mp4", "2^32-1 samples in a chunk", EITHER, silent().patch(TRACK + "stsc", 12, big(MOST, 4)));
    add("stsc-entries.mp4", "2^28 kinds of chunk", EITHER, silent().patch(TRACK + "stsc", 4, big(1 << 28, 4)));
    add("stco-entries.mp4", "2^28 chunks", EITHER, silent().patch(TRACK + "stco", 4, big(1 << 28, 4)));
    add("stco-behind.mp4", "samples lie behind the end", Outcome.rejected(), silent().with(TRACK + "stco", p -> Bytes.of(Bytes.cut(p, 8), Bytes.repeat(big(MOST, 4), (p.length - 8) / 4)).done()));
    add("ctts-huge.mp4", "composition offsets of 2^31-1", EITHER, silent().remove(TRACK.substring(0, TRACK.length() - 1), "ctts")
        .add(TRACK.substring(0, TRACK.length() - 1), Box.leaf("ctts", zeros(4), big(2, 4), big(1, 4), big(0, 4), big(29, 4), big(0x7fff_ffff, 4))));
    add("ctts-entries.mp4", "2^28 composition offsets", EITHER, silent().add(TRACK.substring(0, TRACK.length() - 1), Box.leaf("ctts", zeros(4), big(1 << 28, 4))));
    add("elst-entries.mp4", "an edit list that claims 2^28 entries", EITHER, edits(silent(), 1 << 28, big(1000, 4), big(0, 4), big(0x1_0000, 4)));
    add("elst-loop.mp4", "an edit list that shows the film twenty thousand times", Outcome.rejected(),
        edits(silent(), 20_000, Bytes.repeat(Bytes.of(big(1200, 4), big(0, 4), big(0x1_0000, 4)).done(), 20_000)));
    add("elst-late.mp4", "an edit that starts behind the end", EITHER, edits(silent(), 1, big(1000, 4), big(0x7000_0000, 4), big(0x1_0000, 4)));
    add("elst-empty.mp4", "an empty edit of 2^31 ticks", EITHER, edits(silent(), 1, big(0x7fff_ffff, 4), big(MOST, 4), big(0x1_0000, 4)));
  }

  private static Box edits(Box file, int entries, byte[]... list) {
    return file.remove("moov/trak", "edts").add("moov/trak", Box.of("edts", Box.leaf("elst", zeros(4), big(entries, 4), Bytes.of(list).done())));
  }

  private void times() {
    add("duration-movie.mp4", "the movie says it lasts for years", WHOLE, film().patch("moov/mvhd", 16, big(0x7fff_ffff, 4)));
    add("duration-track.mp4", "the track says it lasts for years", SILENT, silent().patch("moov/trak/mdia/mdhd", 16, big(0x7fff_ffff, 4)));
    add("duration-clock.mp4", "the movie says it lasts for 2^31 s", WHOLE, film().patch("moov/mvhd", 12, Bytes.of(big(1, 4), big(0x7fff_ffff, 4)).done()));
    add("duration-hours.mp4", "the movie says it lasts for seven hours, which is allowed", WHOLE,
        film().patch("moov/mvhd", 12, Bytes.of(big(1000, 4), big(7 * 3_600_000, 4)).done()));
    add("duration-none.mp4", "no duration at all", SILENT, silent().patch("moov/mvhd", 16, zeros(4)).patch("moov/trak/mdia/mdhd", 16, zeros(4)));
    add("gigahertz.mp4", "2^32-1 ticks a second and one tick a picture", EITHER, silent()
        .patch("moov/trak/mdia/mdhd", 12, big(1_000_000_000, 4)).with(TRACK + "stts", p -> Bytes.of(zeros(4), big(1, 4), big(FRAMES, 4), big(1, 4)).done())
        .remove("moov/trak", "edts").remove(TRACK.substring(0, TRACK.length() - 1), "ctts"));
    add("no-clock.mp4", "a time scale of 0", EITHER, silent().patch("moov/trak/mdia/mdhd", 12, zeros(4)));
    add("decade.mp4", "thirty pictures in three centuries", Outcome.rejected(), silent().patch("moov/trak/mdia/mdhd", 12, big(1, 4))
        .with(TRACK + "stts", p -> Bytes.of(zeros(4), big(1, 4), big(FRAMES, 4), big(0x1000_0000, 4)).done()).remove("moov/trak", "edts"));
    add("stts-negative.mp4", "times that run backwards", EITHER, silent()
        .with(TRACK + "stts", p -> Bytes.of(zeros(4), big(1, 4), big(FRAMES, 4), big(0xffff_fe00L, 4)).done()));
    add("million.mp4", "two million pictures of no bytes", Outcome.rejected(), silent()
        .with(TRACK + "stts", p -> Bytes.of(zeros(4), big(1, 4), big(2_000_000, 4), big(1, 4)).done())
        .with(TRACK + "stsz", p -> Bytes.of(zeros(4), big(1, 4), big(2_000_000, 4)).done())
        .with(TRACK + "stsc", p -> Bytes.of(zeros(4), big(1, 4), big(1, 4), big(2_000_000, 4), big(1, 4)).done())
        .with(TRACK + "stco", p -> Bytes.of(zeros(4), big(1, 4), big(48, 4)).done()));
  }

  private void nesting() {
    byte[] deep = zeros(0);
    for (int i = 0; i < 3000; i++) {
      deep = Bytes.of(big(deep.length + 8L, 4), text("moov"), deep).done();
    }
    add("deep.mp4", "three thousand boxes in one another", EITHER, Bytes.of(film, deep).done());
    add("deep-only.mp4", "nothing but boxes in one another", Outcome.rejected(), Bytes.of(Bytes.cut(film, 32), deep).done());
    add("two-indexes.mp4", "the index twice", EITHER, Bytes.of(film, film().at("moov").bytes()).done());
    add("endless-box.mp4", "a box that claims 2^63 bytes", EITHER, Bytes.of(film, big(1, 4), text("free"), big(Long.MAX_VALUE, 8)).done());
    add("endless-first.mp4", "a first box that claims 2^63 bytes", Outcome.rejected(), Bytes.of(big(1, 4), text("ftyp"), big(Long.MAX_VALUE, 8), text("isom"), film).done());
    add("zero-box.mp4", "boxes of size 4", EITHER, Bytes.of(film, Bytes.repeat(Bytes.of(big(4, 4), text("free")).done(), 5000)).done());
    add("compressed-bomb.mov", "a compressed index of a gibibyte", Outcome.rejected(), compressed(1 << 24, 0x4000_0000));
    add("compressed.mov", "an honest compressed index", WHOLE, compressedIndex());
    add("tracks-65.mp4", "sixty-six tracks", Outcome.rejected(), tracks(65));
    add("tracks-3000.mp4", "three thousand tracks", Outcome.rejected(), tracks(3000));
    add("title.mp4", "a title of eight mebibytes", WHOLE, tagged(8 << 20));
    add("tags.mp4", "fifty thousand tags", WHOLE, film().add("moov", Box.of("udta", Box.leaf("meta", zeros(4), Box.leaf("hdlr", zeros(8), text("mdirappl"), zeros(9)).bytes(),
        Box.leaf("ilst", Bytes.repeat(Box.leaf("\u00a9nam", Box.leaf("data", big(1, 4), zeros(4), text("x")).bytes()).bytes(), 50_000)).bytes()))));
    add("title-claim.mp4", "a title that claims two gibibytes", WHOLE, film().add("moov", Box.of("udta", Box.leaf("\u00a9nam", big(0xffff, 2), zeros(2), text("short")))));
  }

  private Box tagged(int bytes) {
    return film().add("moov", Box.of("udta", Box.leaf("meta", zeros(4), Box.leaf("hdlr", zeros(8), text("mdirappl"), zeros(9)).bytes(),
        Box.leaf("ilst", Box.leaf("\u00a9nam", Box.leaf("data", big(1, 4), zeros(4), Bytes.repeat(text("title "), bytes / 6)).bytes()).bytes()).bytes())));
  }

  private Box tracks(int count) {
    Box file = silent();
    Box track = file.at("moov/trak");
    for (int i = 0; i < count; i++) {
      file.add("moov", track);
    }
    return file;
  }

  private byte[] compressed(int zeros, long claimed) {
    byte[] body = deflated(zeros(zeros));
    return Bytes.of(Box.leaf("ftyp", text("qt  "), zeros(4)).bytes(), Box.leaf("moov", Box.leaf("cmov", Box.leaf("dcom", text("zlib")).bytes(),
        Box.leaf("cmvd", big(claimed, 4), body).bytes()).bytes()).bytes()).done();
  }

  private byte[] compressedIndex() {
    byte[] index = film().at("moov").bytes();
    return Bytes.of(Bytes.cut(film, Bytes.find(film, "moov", 0) - 4), Box.leaf("moov", Box.leaf("cmov", Box.leaf("dcom", text("zlib")).bytes(),
        Box.leaf("cmvd", big(index.length, 4), deflated(index)).bytes()).bytes()).bytes()).done();
  }

  static byte[] deflated(byte[] content) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
      deflater.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private void descriptions() {
    String stsd = TRACK + "stsd";
    add("encrypted.mp4", "encrypted pictures", Outcome.rejected(), silent().patch(stsd, 12, text("encv")));
    add("encrypted-sound.mp4", "encrypted sound", EITHER, Bytes.patched(film, Bytes.find(film, "mp4a", Bytes.find(film, "soun", 0)), text("enca")));
    add("protected.mp4", "a protection header beside a film that is not encrypted", EITHER,
        film().add("moov", Box.leaf("pssh", zeros(4), noise(16, 30), big(4, 4), noise(4, 31))));
    add("unknown-codec.mp4", "a codec that nobody has", Outcome.rejected(), silent().patch(stsd, 12, text("zzzz")));
    add("descriptions.mp4", "2^31-1 sample descriptions", EITHER, silent().patch(stsd, 4, big(0x7fff_ffff, 4)));
    add("size-track.mp4", "a track of 65535x65535", SILENT, silent().patch("moov/trak/tkhd", 76, Bytes.of(big(0xffff_0000L, 4), big(0xffff_0000L, 4)).done()));
    add("size-description.mp4", "a description of 65535x65535", EITHER, silent().patch(stsd, 40, big(MOST, 4)));
    add("matrix.mp4", "a display matrix of noise", EITHER, silent().patch("moov/trak/tkhd", 40, noise(36, 32)));
    add("parameters.mp4", "parameter sets of noise", Outcome.rejected(), Bytes.patched(silent, Bytes.find(silent, "avcC", 0) + 12, noise(20, 33)));
    add("entry-size.mp4", "a description that claims 2^32-1 bytes", EITHER, silent().patch(stsd, 8, big(MOST, 4)));
    add("aspect.mp4", "pixels two thousand million times as wide as high", EITHER, aspect(0x7fff_ffff, 1));
    add("aspect-none.mp4", "pixels of aspect 0:0", SILENT, aspect(0, 0));
  }

  private byte[] aspect(long width, long height) {
    Box file = silent();
    return file.with(TRACK + "stsd", payload -> {
      byte[] entry = java.util.Arrays.copyOfRange(payload, 16, payload.length);
      byte[] plain = Bytes.of(entry, Box.leaf("pasp", big(width, 4), big(height, 4)).bytes()).done();
      return Bytes.of(zeros(4), big(1, 4), big(plain.length + 8L, 4), text("avc1"), plain).done();
    }).bytes();
  }
}
