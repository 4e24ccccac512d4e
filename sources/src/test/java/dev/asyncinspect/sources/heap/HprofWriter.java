package dev.asyncinspect.sources.heap;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small heap dumps: classes, instances, arrays, roots and threads. */
public final class HprofWriter {

    private static final Map<String, Integer> TYPES =
            Map.of("int", HprofType.INT, "long", HprofType.LONG, "boolean", HprofType.BOOLEAN, "byte", HprofType.BYTE);

    private final int idSize;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream file = new DataOutputStream(bytes);
    private final ByteArrayOutputStream heapBytes = new ByteArrayOutputStream();
    private final DataOutputStream heap = new DataOutputStream(heapBytes);
    private final Map<String, Long> texts = new HashMap<>();
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final Map<String, Long> classIds = new HashMap<>();
    private final Map<String, String> supers = new HashMap<>();
    private final List<Integer> cuts = new ArrayList<>();
    private String renamed = "";
    private long nextId = 1000;
    private int threads;
    private int frames;

    public HprofWriter(int idSize) {
        this.idSize = idSize;
        run(() -> {
            file.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
            file.writeInt(idSize);
            file.writeLong(1_700_000_000_000L);
        });
        type("java.lang.Object", "");
    }

    /** From now on writes the class {@code a.B}, or the field {@code a.B.c}, under another name. */
    public HprofWriter renaming(String classOrField) {
        renamed = classOrField;
        return this;
    }

    private String written(String name) {
        return name.equals(renamed) ? name + "Moved" : name;
    }

    private String written(String className, String field) {
        return (className + "." + field).equals(renamed) ? field + "Moved" : field;
    }

    /** A class with these fields, {@code name} for a reference and {@code name:int} for a number. */
    public HprofWriter type(String name, String superclass, String... fieldNames) {
        return type(name, superclass, 0, fieldNames);
    }

    /** A class with static numbers, {@code NEW=0}. */
    public HprofWriter constants(String name, String superclass, List<String> staticInts, String... fieldNames) {
        return type(name, superclass, 0, staticInts, fieldNames);
    }

    /** The same, whose static field refers to something. */
    public HprofWriter type(String name, String superclass, long staticReference, String... fieldNames) {
        return type(name, superclass, staticReference, List.of(), fieldNames);
    }

    private HprofWriter type(
            String name, String superclass, long staticReference, List<String> staticInts, String... fieldNames) {
        long id = nextId++;
        classIds.put(name, id);
        supers.put(name, superclass);
        fields.put(name, List.of(fieldNames));
        long nameId = text(written(name).replace('.', '/'));
        record(0x02, out -> {
            out.writeInt(classIds.size());
            id(out, id);
            out.writeInt(0);
            id(out, nameId);
        });
        List<Long> fieldIds = fields.get(name).stream()
                .map(field -> text(written(name, field.split(":")[0])))
                .toList();
        List<Long> staticIds = staticInts.stream()
                .map(field -> text(written(name, field.split("=")[0])))
                .toList();
        long staticName = text("held");
        run(() -> {
            heap.writeByte(0x20);
            id(heap, id);
            heap.writeInt(0);
            id(heap, classIds.getOrDefault(superclass, 0L));
            for (int i = 0; i < 5; i++) {
                id(heap, 0);
            }
            heap.writeInt(0);
            heap.writeShort(0);
            heap.writeShort(staticInts.size() + (staticReference == 0 ? 0 : 1));
            for (int i = 0; i < staticInts.size(); i++) {
                id(heap, staticIds.get(i));
                heap.writeByte(HprofType.INT);
                heap.writeInt(Integer.parseInt(staticInts.get(i).split("=")[1]));
            }
            if (staticReference != 0) {
                id(heap, staticName);
                heap.writeByte(HprofType.OBJECT);
                id(heap, staticReference);
            }
            heap.writeShort(fieldIds.size());
            for (int i = 0; i < fieldIds.size(); i++) {
                id(heap, fieldIds.get(i));
                heap.writeByte(typeOf(fields.get(name).get(i)));
            }
        });
        return this;
    }

    private static int typeOf(String field) {
        return field.contains(":") ? TYPES.get(field.split(":")[1]) : HprofType.OBJECT;
    }

    /** An id for an object that is written later. */
    public long newId() {
        return nextId++;
    }

    public long object(String type, long... values) {
        return object(newId(), type, values);
    }

    /** An instance with these values, those of its own class first. */
    public long object(long id, String type, long... values) {
        List<Integer> types = new ArrayList<>();
        for (String c = type; !c.isEmpty(); c = supers.get(c)) {
            fields.get(c).forEach(field -> types.add(typeOf(field)));
        }
        int size =
                types.stream().mapToInt(field -> HprofType.size(field, idSize)).sum();
        run(() -> {
            heap.writeByte(0x21);
            id(heap, id);
            heap.writeInt(0);
            id(heap, classIds.get(type));
            heap.writeInt(size);
            for (int i = 0; i < types.size(); i++) {
                value(types.get(i), i < values.length ? values[i] : 0);
            }
        });
        return id;
    }

    private void value(int type, long value) throws IOException {
        switch (type) {
            case HprofType.INT -> heap.writeInt((int) value);
            case HprofType.LONG -> heap.writeLong(value);
            case HprofType.BOOLEAN, HprofType.BYTE -> heap.writeByte((int) value);
            default -> id(heap, value);
        }
    }

    public long array(long... elements) {
        long id = newId();
        run(() -> {
            heap.writeByte(0x22);
            id(heap, id);
            heap.writeInt(0);
            heap.writeInt(elements.length);
            id(heap, classIds.get("java.lang.Object"));
            for (long element : elements) {
                id(heap, element);
            }
        });
        return id;
    }

    public HprofWriter root(long object) {
        run(() -> {
            heap.writeByte(0x01);
            id(heap, object);
            id(heap, 0);
        });
        return this;
    }

    /** A thread in {@code shop.Main.run} that refers to these objects from there. */
    public HprofWriter thread(long object, long... locals) {
        return stack(object, List.of("shop.Main.run"), Map.of(0, locals));
    }

    /**
     * A thread with this stack.
     *
     * @param methods its frames, innermost first: {@code shop.Main.run}; their classes must be known
     * @param locals what frames refer to, by their number
     */
    public HprofWriter stack(long object, List<String> methods, Map<Integer, long[]> locals) {
        int serial = ++threads;
        List<Long> frameIds = methods.stream().map(this::frame).toList();
        record(0x05, out -> {
            out.writeInt(serial);
            out.writeInt(serial);
            out.writeInt(frameIds.size());
            for (long frame : frameIds) {
                id(out, frame);
            }
        });
        run(() -> {
            heap.writeByte(0x08);
            id(heap, object);
            heap.writeInt(serial);
            heap.writeInt(serial);
            for (Map.Entry<Integer, long[]> entry : locals.entrySet()) {
                for (long local : entry.getValue()) {
                    heap.writeByte(0x03);
                    id(heap, local);
                    heap.writeInt(serial);
                    heap.writeInt(entry.getKey());
                }
            }
        });
        return this;
    }

    /** {@code shop.Main.run}, with {@code :12} behind it if the line matters, {@code ::12} if its class has no source file. */
    private long frame(String text) {
        String qualified = text.split(":")[0];
        int dot = qualified.lastIndexOf('.');
        String className = qualified.substring(0, dot);
        if (!classIds.containsKey(className)) {
            type(className, "java.lang.Object");
        }
        int number = ++frames;
        long id = 900_000L + number;
        long method = text(qualified.substring(dot + 1));
        String simple = className.substring(className.lastIndexOf('.') + 1);
        boolean isSourceless = text.contains("::");
        long source = isSourceless ? 0 : text(simple.split("\\$")[0] + ".java");
        int serial = new ArrayList<>(fields.keySet()).indexOf(className) + 1;
        record(0x04, out -> {
            id(out, id);
            id(out, method);
            id(out, method);
            id(out, source);
            out.writeInt(serial);
            out.writeInt(
                    text.equals(qualified) ? 40 + number : Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)));
        });
        return id;
    }

    /** A text that {@code name} fields can refer to. */
    public long string(String value) {
        byte[] latin = value.getBytes(StandardCharsets.ISO_8859_1);
        if (!classIds.containsKey("java.lang.String")) {
            type("java.lang.String", "java.lang.Object", "value", "coder:byte");
        }
        return object("java.lang.String", byteArray(latin), 0);
    }

    /** An array of bytes. */
    public long byteArray(byte... content) {
        long array = newId();
        run(() -> {
            heap.writeByte(0x23);
            id(heap, array);
            heap.writeInt(0);
            heap.writeInt(content.length);
            heap.writeByte(HprofType.BYTE);
            heap.write(content);
        });
        return array;
    }

    /** Whatever of the heap comes next, comes in another segment. */
    public HprofWriter cut() {
        cuts.add(heapBytes.size());
        return this;
    }

    /** The whole dump. */
    public byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        run(() -> {
            out.write(bytes.toByteArray());
            List<Integer> ends = new ArrayList<>(cuts);
            ends.add(heapBytes.size());
            int start = 0;
            for (int end : ends) {
                out.writeByte(0x1c);
                out.writeInt(0);
                out.writeInt(end - start);
                out.write(heapBytes.toByteArray(), start, end - start);
                start = end;
            }
            out.writeByte(0x2c);
            out.writeInt(0);
            out.writeInt(0);
        });
        return all.toByteArray();
    }

    /** Writes it there. */
    public Path to(Path file) throws IOException {
        return Files.write(file, bytes());
    }

    private long text(String text) {
        return texts.computeIfAbsent(text, t -> {
            long id = 50_000L + texts.size();
            record(0x01, out -> {
                id(out, id);
                out.write(t.getBytes(StandardCharsets.UTF_8));
            });
            return id;
        });
    }

    private interface Body {
        void to(DataOutputStream out) throws IOException;
    }

    private void record(int tag, Body body) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        run(() -> {
            body.to(new DataOutputStream(content));
            file.writeByte(tag);
            file.writeInt(0);
            file.writeInt(content.size());
            file.write(content.toByteArray());
        });
    }

    private void id(DataOutputStream out, long id) throws IOException {
        if (idSize == 8) {
            out.writeLong(id);
        } else {
            out.writeInt((int) id);
        }
    }

    private interface Writing {
        void run() throws IOException;
    }

    private static void run(Writing writing) {
        try {
            writing.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
