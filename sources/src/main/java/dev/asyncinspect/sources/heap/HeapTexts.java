package dev.asyncinspect.sources.heap;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads some strings of a heap: one walk finds their arrays, a second one the characters. */
final class HeapTexts {

    private static final int LONGEST = 10_000; // bytes

    private final HeapFile file;
    private final HeapClasses classes;

    HeapTexts(HeapFile file, HeapClasses classes) {
        this.file = file;
        this.classes = classes;
    }

    Map<Long, String> of(Iterable<Long> stringIds) {
        Map<Long, Long> arrayOf = new HashMap<>();
        Map<Long, Charset> charsetOf = new HashMap<>();
        stringIds.forEach(id -> arrayOf.put(id, 0L));
        if (arrayOf.isEmpty()) {
            return Map.of();
        }
        HprofParser.walk(file, new HprofVisitor() {
            @Override
            public void instance(long objectId, long classId, long at) {
                HeapClass type = arrayOf.containsKey(objectId) ? classes.get(classId) : null;
                int value = type == null ? -1 : type.field("value");
                if (type != null && value >= 0) {
                    long array = file.id(at + type.offset(value));
                    int coder = type.field("coder");
                    boolean latin = coder >= 0 && file.u1(at + type.offset(coder)) == 0;
                    arrayOf.put(objectId, array);
                    charsetOf.put(array, latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
                }
            }
        });
        Map<Long, String> contents = new HashMap<>();
        HprofParser.walk(file, new HprofVisitor() {
            @Override
            public void primitiveArray(long objectId, int type, long at, int count) {
                Charset charset = charset(objectId, type);
                if (charset != null) {
                    contents.put(objectId, new String(file.bytes(at, Math.min(count, LONGEST)), charset));
                }
            }

            private @Nullable Charset charset(long array, int type) {
                return type == HprofType.BYTE ? charsetOf.get(array) : null;
            }
        });
        Map<Long, String> texts = new HashMap<>();
        arrayOf.forEach((string, array) -> texts.put(string, contents.getOrDefault(array, "")));
        return texts;
    }
}
