package dev.asyncinspect.sources.heap;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes small heap dumps: classes whose fields are all references, instances, roots and threads. */
final class HprofWriter {

    private final int idSize;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream file = new DataOutputStream(bytes);
    private final ByteArrayOutputStream heapBytes = new ByteArrayOutputStream();
    private final DataOutputStream heap = new DataOutputStream(heapBytes);
    private final Map<String, Long> texts = new HashMap<>();
    private final Map<String, List<String>> fields = new LinkedHashMap<>();
    private final Map<String, Long> classIds = new HashMap<>();
    private final Map<String, String> supers = new HashMap<>();
    private long nextId = 1000;
    private int threads;

    HprofWriter(int idSize) {
        this.idSize = idSize;
        run(() -> {
            file.write("JAVA PROFILE 1.0.2\0".getBytes(StandardCharsets.US_ASCII));
            file.writeInt(idSize);
            file.writeLong(1_700_000_000_000L);
        });
        type("java.lang.Object", "");
    }

    /** A class with these fields, and what its static field refers to if it has one. */
    HprofWriter type(String name, String superclass, String... fieldNames) {
        return type(name, superclass, 0, fieldNames);
    }

    HprofWriter type(String name, String superclass, long staticReference, String... fieldNames) {
        long id = nextId++;
        classIds.put(name, id);
        supers.put(name, superclass);
        fields.put(name, List.of(fieldNames));
        long nameId = text(name.replace('.', '/'));
        record(0x02, out -> {
            out.writeInt(classIds.size());
            id(out, id);
            out.writeInt(0);
            id(out, nameId);
        });
        List<Long> fieldIds = fields.get(name).stream().map(this::text).toList();
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
            heap.writeShort(staticReference == 0 ? 0 : 1);
            if (staticReference != 0) {
                id(heap, staticName);
                heap.writeByte(HprofType.OBJECT);
                id(heap, staticReference);
            }
            heap.writeShort(fieldIds.size());
            for (long field : fieldIds) {
                id(heap, field);
                heap.writeByte(HprofType.OBJECT);
            }
        });
        return this;
    }

    /** An id for an object that is written later. */
    long newId() {
        return nextId++;
    }

    long object(String type, long... values) {
        return object(newId(), type, values);
    }

    /** An instance with these values, those of its own class first. */
    long object(long id, String type, long... values) {
        int count = 0;
        for (String c = type; !c.isEmpty(); c = supers.get(c)) {
            count += fields.get(c).size();
        }
        int all = count;
        run(() -> {
            heap.writeByte(0x21);
            id(heap, id);
            heap.writeInt(0);
            id(heap, classIds.get(type));
            heap.writeInt(all * idSize);
            for (int i = 0; i < all; i++) {
                id(heap, i < values.length ? values[i] : 0);
            }
        });
        return id;
    }

    long array(long... elements) {
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

    HprofWriter root(long object) {
        run(() -> {
            heap.writeByte(0x01);
            id(heap, object);
            id(heap, 0);
        });
        return this;
    }

    /** A thread in {@code shop.Main.run} that refers to these objects from there. */
    HprofWriter thread(long object, long... locals) {
        int serial = ++threads;
        long method = text("run");
        long source = text("Main.java");
        record(0x04, out -> {
            id(out, 90_000L + serial);
            id(out, method);
            id(out, method);
            id(out, source);
            out.writeInt(1);
            out.writeInt(40 + serial);
        });
        record(0x05, out -> {
            out.writeInt(serial);
            out.writeInt(serial);
            out.writeInt(1);
            id(out, 90_000L + serial);
        });
        run(() -> {
            heap.writeByte(0x08);
            id(heap, object);
            heap.writeInt(serial);
            heap.writeInt(serial);
            for (long local : locals) {
                heap.writeByte(0x03);
                id(heap, local);
                heap.writeInt(serial);
                heap.writeInt(0);
            }
        });
        return this;
    }

    byte[] bytes() {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(all);
        run(() -> {
            out.write(bytes.toByteArray());
            out.writeByte(0x1c);
            out.writeInt(0);
            out.writeInt(heapBytes.size());
            out.write(heapBytes.toByteArray());
            out.writeByte(0x2c);
            out.writeInt(0);
            out.writeInt(0);
        });
        return all.toByteArray();
    }

    Path to(Path file) throws IOException {
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
