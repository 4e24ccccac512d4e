package dev.asyncinspect.sources.heap;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The classes of a dump, made when they are first asked for. */
final class HeapClasses {

    private static final int AT_HAND = 1 << 10;

    private final HeapFile file;
    private final Map<Long, Long> textPositions = new HashMap<>();
    private final Map<Long, Integer> textLengths = new HashMap<>();
    private final Map<Long, Long> nameIds = new HashMap<>();
    private final Map<Long, Long> classOfSerial = new HashMap<>();
    private final Map<Long, Long> layoutPositions = new HashMap<>();
    private final Map<Long, HeapClass> known = new HashMap<>();

    private final long[] lastIds = new long[AT_HAND];
    private final @Nullable HeapClass[] lastClasses = new HeapClass[AT_HAND];

    HeapClasses(HeapFile file) {
        this.file = file;
    }

    void text(long id, long at, int length) {
        textPositions.put(id, at);
        textLengths.put(id, length);
    }

    void name(long classId, long nameId) {
        nameIds.put(classId, nameId);
    }

    void serial(long serial, long classId) {
        classOfSerial.put(serial, classId);
    }

    void layout(long classId, long at) {
        layoutPositions.put(classId, at);
    }

    /** The text of this id, empty if there is none. */
    String text(long id) {
        Long at = textPositions.get(id);
        Integer length = textLengths.get(id);
        return at == null || length == null ? "" : new String(file.bytes(at, length), StandardCharsets.UTF_8);
    }

    /** Name of the class that stack frames call by this number. */
    String nameOfSerial(long serial) {
        return nameOf(classOfSerial.getOrDefault(serial, 0L));
    }

    private String nameOf(long classId) {
        return text(nameIds.getOrDefault(classId, 0L)).replace('/', '.');
    }

    /** Ids of all classes. */
    Iterable<Long> ids() {
        return layoutPositions.keySet();
    }

    /** What a class itself refers to: its loader and its static fields. Nothing if it is no class. */
    List<Long> references(long classId) {
        Long at = layoutPositions.get(classId);
        return at == null ? List.of() : new ClassLayout(file, at).references();
    }

    /** What the static fields of a class refer to, nulls left out; nothing if it is no class. */
    List<Long> staticReferences(long classId) {
        Long at = layoutPositions.get(classId);
        return at == null
                ? List.of()
                : new ClassLayout(file, at)
                        .staticReferences().values().stream()
                                .filter(id -> id != 0)
                                .toList();
    }

    /** The class of this id, null if the dump has none. Objects of one class come in crowds: the last ones are kept at hand. */
    @Nullable
    HeapClass get(long classId) {
        int slot = (int) (classId >>> 3) & (AT_HAND - 1);
        HeapClass last = lastClasses[slot];
        if (last != null && lastIds[slot] == classId) {
            return last;
        }
        HeapClass found = find(classId);
        lastIds[slot] = classId;
        lastClasses[slot] = found;
        return found;
    }

    private @Nullable HeapClass find(long classId) {
        HeapClass made = known.get(classId);
        Long at = layoutPositions.get(classId);
        if (made == null && at != null) {
            made = make(classId, new ClassLayout(file, at));
            known.put(classId, made);
        }
        return made;
    }

    /** The value of a static field of type int, {@code otherwise} if there is no such class or field. */
    int staticInt(String className, String field, int otherwise) {
        return staticValue(className, field, ClassLayout::staticInts, otherwise);
    }

    /** What a static field refers to, 0 if to nothing or if there is no such class or field. */
    long staticReference(String className, String field) {
        return staticValue(className, field, ClassLayout::staticReferences, 0L);
    }

    private <T> T staticValue(String className, String field, Function<ClassLayout, Map<Long, T>> of, T otherwise) {
        for (Map.Entry<Long, Long> entry : layoutPositions.entrySet()) {
            if (nameOf(entry.getKey()).equals(className)) {
                for (Map.Entry<Long, T> known :
                        of.apply(new ClassLayout(file, entry.getValue())).entrySet()) {
                    if (text(known.getKey()).equals(field)) {
                        return known.getValue();
                    }
                }
            }
        }
        return otherwise;
    }

    private HeapClass make(long classId, ClassLayout layout) {
        int count = layout.fields().size();
        String[] names = new String[count];
        int[] types = new int[count];
        int[] offsets = new int[count];
        int offset = 0;
        for (int i = 0; i < count; i++) {
            ClassLayout.Field field = layout.fields().get(i);
            names[i] = text(field.nameId());
            types[i] = field.type();
            offsets[i] = offset;
            offset += HprofType.size(field.type(), file.idSize());
        }
        HeapClass superclass = layout.superId() == 0 ? null : get(layout.superId());
        return new HeapClass(nameOf(classId), superclass, names, types, offsets, offset);
    }
}
