package dev.asyncinspect.sources.heap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The classes of a dump, numbered from 1 on in the order of the file, and made when they are first asked for. */
final class HeapClasses {

    /*
     * While several threads read parts of the file, no class is added, so that the tables are only read. Making a class is guarded.
     */

    private static final int FIRST = 1 << 8;
    private static final String STRING = "java.lang.String";

    private final HeapFile file;
    private final LongMap textPositions = new LongMap();
    private final LongMap nameIds = new LongMap();
    private final LongMap classOfSerial = new LongMap();
    private final LongMap numbers = new LongMap();
    private long[] ids = new long[FIRST];
    private long[] layoutPositions = new long[FIRST];
    private @Nullable HeapClass[] made = new HeapClass[FIRST];
    private int size = 1; // the number 0 is that of no class

    HeapClasses(HeapFile file) {
        this.file = file;
    }

    /** A text, whose bytes begin there. */
    void text(long id, long at) {
        textPositions.put(id, at);
    }

    void name(long classId, long nameId) {
        nameIds.put(classId, nameId);
    }

    void serial(long serial, long classId) {
        classOfSerial.put(serial, classId);
    }

    void layout(long classId, long at) {
        int number = number(classId);
        if (number == 0) {
            if (size == ids.length) {
                ids = Arrays.copyOf(ids, 2 * size);
                layoutPositions = Arrays.copyOf(layoutPositions, 2 * size);
                made = Arrays.copyOf(made, 2 * size);
            }
            number = size++;
            numbers.put(classId, number);
            ids[number] = classId;
        }
        layoutPositions[number] = at;
    }

    /** The text of this id, empty if there is none. */
    String text(long id) {
        long at = textPositions.get(id, -1);
        if (at < 0) {
            return "";
        }
        return new String(file.bytes(at, textBytes(at)), StandardCharsets.UTF_8);
    }

    /** From the length of its record, which ends in the id of the text and the text. */
    private int textBytes(long at) {
        return (int) file.u4(at - file.idSize() - 4) - file.idSize();
    }

    /** Name of the class that stack frames call by this number. */
    String nameOfSerial(long serial) {
        return nameOf(classOfSerial.get(serial, 0));
    }

    private String nameOf(long classId) {
        return text(nameIds.get(classId, 0)).replace('/', '.');
    }

    /** Above all their numbers. */
    int count() {
        return size;
    }

    /** Ids of all classes, in the order of the file. */
    List<Long> ids() {
        List<Long> all = new ArrayList<>(size);
        for (int number = 1; number < size; number++) {
            all.add(ids[number]);
        }
        return all;
    }

    /** What a class itself refers to: its loader and its static fields. Nothing if it is no class. */
    List<Long> references(long classId) {
        int number = number(classId);
        return number == 0 ? List.of() : layout(number).references();
    }

    /** What the static fields of a class refer to, nulls left out; nothing if it is no class. */
    List<Long> staticReferences(long classId) {
        int number = number(classId);
        return number == 0
                ? List.of()
                : layout(number).staticReferences().values().stream()
                        .filter(id -> id != 0)
                        .toList();
    }

    private ClassLayout layout(int number) {
        return new ClassLayout(file, layoutPositions[number]);
    }

    /** The number of the class of this id, 0 if the dump has none. */
    int number(long classId) {
        return (int) numbers.get(classId, 0);
    }

    /** The class of this id, null if the dump has none. */
    @Nullable
    HeapClass get(long classId) {
        int number = number(classId);
        return number == 0 ? null : of(number);
    }

    /** The class of this number, which is not 0. */
    HeapClass of(int number) {
        HeapClass known = made[number];
        return known == null ? make(number) : known;
    }

    /** Whether instances of the class of this number refer to nothing that counts: strings neither. Any thread may ask. */
    synchronized boolean refersToNone(int number) {
        HeapClass type = of(number);
        return !type.hasReferences() || type.name().equals(STRING);
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
        for (int number = 1; number < size; number++) {
            if (mayBeCalled(ids[number], className) && nameOf(ids[number]).equals(className)) {
                for (Map.Entry<Long, T> known : of.apply(layout(number)).entrySet()) {
                    if (text(known.getKey()).equals(field)) {
                        return known.getValue();
                    }
                }
            }
        }
        return otherwise;
    }

    /** Whether its name, which is plain ASCII, is as long: tells most of them apart without a text for each. */
    private boolean mayBeCalled(long classId, String name) {
        long at = textPositions.get(nameIds.get(classId, 0), -1);
        return at >= 0 && textBytes(at) == name.length();
    }

    private HeapClass make(int number) {
        ClassLayout layout = layout(number);
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
        HeapClass type = new HeapClass(nameOf(ids[number]), superclass, names, types, offsets, offset);
        made[number] = type;
        return type;
    }
}
