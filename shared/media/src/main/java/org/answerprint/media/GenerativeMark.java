package org.answerprint.media;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.answerprint.faults.TransientFault;

/**
 * What a film says of itself that was edited by a generative model: the digital source type of IPTC in an XMP packet, in the box that
 * XMP has in MP4 files (XMP specification, part 3, section 1.1.4), and a comment for people.
 *
 * @param comment one sentence
 */
public record GenerativeMark(String comment) {

  /** IPTC's word for pictures of a camera that a trained model has changed. */
  public static final String SOURCE_TYPE =
      "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia";

  private static final String COMMENT = "comment";
  private static final byte[] XMP_BOX = HexFormat.of().parseHex("be7acfcb97a942e89c71999491e3afac");
  private static final String XMP = """
      <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
      <x:xmpmeta xmlns:x="adobe:ns:meta/">
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
          <rdf:Description rdf:about=""
              xmlns:xmp="http://ns.adobe.com/xap/1.0/"
              xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
              xmp:CreatorTool="Answerprint"
              Iptc4xmpExt:DigitalSourceType="%s"/>
        </rdf:RDF>
      </x:xmpmeta>
      <?xpacket end="r"?>
      """.formatted(SOURCE_TYPE);

  public GenerativeMark {
    Objects.requireNonNull(comment, "comment");
  }

  /** A film's own words with the comment among them; a comment that it has comes first. */
  FilmExtras onto(FilmExtras extras) {
    Optional<Tag> own = extras.tags().stream().filter(tag -> tag.name().equalsIgnoreCase(COMMENT)).findFirst();
    List<Tag> tags = new ArrayList<>(extras.tags());
    own.ifPresent(tags::remove);
    tags.add(new Tag(COMMENT, own.map(tag -> tag.value() + " / ").orElse("") + comment));
    return new FilmExtras(tags, extras.chapters(), extras.leftOut());
  }

  /** Appends the XMP packet to a finished MP4 file. @throws TransientFault where the disk refuses */
  void appendTo(Path file) {
    byte[] packet = XMP.getBytes(StandardCharsets.UTF_8);
    ByteBuffer box = ByteBuffer.allocate(2 * Integer.BYTES + XMP_BOX.length + packet.length);
    box.putInt(box.capacity()).put("uuid".getBytes(StandardCharsets.US_ASCII)).put(XMP_BOX).put(packet);
    try {
      Files.write(file, box.array(), StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new TransientFault("the film " + file + " cannot be marked (" + e.getMessage() + "); make room on the disk", e);
    }
  }
}
