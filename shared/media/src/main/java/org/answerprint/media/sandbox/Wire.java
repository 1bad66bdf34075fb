package org.answerprint.media.sandbox;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes and reads records field by field: numbers, flags, strings, byte arrays, enums, lists and records. The reader
 * decides every type, so the other side can only send values.
 */
final class Wire {

  private static final int MOST_ITEMS = 1 << 22;

  private Wire() {
  }

  static void write(DataOutputStream out, Record record) throws IOException {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      try {
        writeValue(out, component.getAccessor().invoke(record));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("a record could not be read: " + record.getClass(), e);
      }
    }
  }

  private static void writeValue(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case Integer number -> out.writeInt(number);
      case Long number -> out.writeLong(number);
      case Boolean flag -> out.writeBoolean(flag);
      case String text -> writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
      case byte[] bytes -> writeBytes(out, bytes);
      case Enum<?> constant -> out.writeInt(constant.ordinal());
      case Record record -> write(out, record);
      case List<?> list -> {
        out.writeInt(list.size());
        for (Object item : list) {
          writeValue(out, item);
        }
      }
      default -> throw new IllegalStateException("no such value travels: " + value.getClass());
    }
  }

  static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static byte[] readBytes(DataInputStream in) throws IOException {
    byte[] bytes = new byte[count(in.readInt(), Message.MOST_BYTES)];
    in.readFully(bytes);
    return bytes;
  }

  static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  static <R extends Record> R read(DataInputStream in, Class<R> type) throws IOException {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      types[i] = components[i].getType();
      values[i] = readValue(in, components[i].getGenericType());
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IOException("a " + type.getSimpleName() + " that cannot be", e);
    }
  }

  private static Object readValue(DataInputStream in, Type type) throws IOException {
    if (type instanceof ParameterizedType list) {
      return readList(in, list.getActualTypeArguments()[0]);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == int.class || plain == Integer.class) {
      return in.readInt();
    }
    if (plain == long.class || plain == Long.class) {
      return in.readLong();
    }
    if (plain == boolean.class) {
      return in.readBoolean();
    }
    if (plain == String.class) {
      return readText(in);
    }
    if (plain == byte[].class) {
      return readBytes(in);
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[count(in.readInt(), plain.getEnumConstants().length - 1)];
    }
    return read(in, plain.asSubclass(Record.class));
  }

  private static List<Object> readList(DataInputStream in, Type item) throws IOException {
    int size = count(in.readInt(), MOST_ITEMS);
    List<Object> items = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      items.add(readValue(in, item));
    }
    return items;
  }

  private static int count(int number, int most) throws IOException {
    if (number < 0 || number > most) {
      throw new IOException("a count of " + number + " where at most " + most + " make sense");
    }
    return number;
  }
}
