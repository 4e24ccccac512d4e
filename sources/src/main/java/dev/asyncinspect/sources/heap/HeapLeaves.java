package dev.asyncinspect.sources.heap;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Reads single objects of a heap that refer to nothing, such as strings, of which no index is kept. */
final class HeapLeaves {

    private static final int LONGEST = 10_000; // bytes

    private final HeapFile file;
    private final HeapClasses classes;
    private final ObjectBlocks blocks;

    HeapLeaves(HeapFile file, HeapClasses classes, ObjectBlocks blocks) {
        this.file = file;
        this.classes = classes;
        this.blocks = blocks;
    }

    /** An instance: where the values of its fields begin, and of which class it is. */
    private record Found(HeapClass type, long at) {}

    /** The classes of these instances; what is none is left out. */
    Map<Long, HeapClass> classes(Collection<Long> ids) {
        Map<Long, HeapClass> types = new HashMap<>();
        instances(ids).forEach((id, instance) -> types.put(id, instance.type));
        return types;
    }

    private Map<Long, Found> instances(Collection<Long> ids) {
        long[] wanted = sorted(ids);
        Map<Long, Found> found = new HashMap<>();
        blocks.visit(file, wanted, new HprofVisitor() {
            @Override
            public void instance(long objectId, long classId, long at) {
                HeapClass type = Arrays.binarySearch(wanted, objectId) < 0 ? null : classes.get(classId);
                if (type != null) {
                    found.put(objectId, new Found(type, at));
                }
            }
        });
        return found;
    }

    /** What these strings say, at most their first 10,000 bytes; an empty text for what is none. */
    Map<Long, String> texts(Iterable<Long> stringIds) {
        Map<Long, String> texts = new HashMap<>();
        stringIds.forEach(id -> texts.put(id, ""));
        Map<Long, Long> arrayOf = new HashMap<>();
        Map<Long, Charset> charsetOf = new HashMap<>();
        instances(texts.keySet()).forEach((string, instance) -> {
            int value = instance.type.field("value");
            if (value >= 0) {
                int coder = instance.type.field("coder");
                boolean latin = coder >= 0 && file.u1(instance.at + instance.type.offset(coder)) == 0;
                arrayOf.put(string, file.id(instance.at + instance.type.offset(value)));
                charsetOf.put(string, latin ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_16LE);
            }
        });
        Map<Long, byte[]> contents = bytes(arrayOf.values());
        arrayOf.forEach((string, array) -> {
            byte[] content = contents.get(array);
            if (content != null) {
                texts.put(string, new String(content, charsetOf.getOrDefault(string, StandardCharsets.ISO_8859_1)));
            }
        });
        return texts;
    }

    /** What these arrays of bytes hold, at most their first 10,000; what is none is left out. */
    Map<Long, byte[]> bytes(Collection<Long> arrayIds) {
        long[] wanted = sorted(arrayIds);
        Map<Long, byte[]> contents = new HashMap<>();
        blocks.visit(file, wanted, new HprofVisitor() {
            @Override
            public void primitiveArray(long objectId, int type, long at, int count) {
                if (type == HprofType.BYTE && Arrays.binarySearch(wanted, objectId) >= 0) {
                    contents.put(objectId, file.bytes(at, Math.min(count, LONGEST)));
                }
            }
        });
        return contents;
    }

    private static long[] sorted(Collection<Long> ids) {
        return ids.stream().mapToLong(Long::longValue).sorted().toArray();
    }
}
