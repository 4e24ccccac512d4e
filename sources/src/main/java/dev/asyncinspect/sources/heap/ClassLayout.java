package dev.asyncinspect.sources.heap;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the record of a class says, from the id of its superclass on. */
final class ClassLayout {

    /** A field that instances have: the id of its name, and its type. */
    record Field(long nameId, int type) {}

    private final long superId;
    private final List<Long> references = new ArrayList<>();
    private final Map<Long, Integer> staticInts = new HashMap<>();
    private final Map<Long, Long> staticReferences = new HashMap<>();
    private final List<Field> fields = new ArrayList<>();

    ClassLayout(HeapFile file, long start) {
        int id = file.idSize();
        superId = file.id(start);
        references.add(file.id(start + id)); // its loader
        references.add(file.id(start + 3L * id)); // its protection domain
        long at = statics(file, start);
        int statics = file.u2(at);
        at += 2;
        for (int i = 0; i < statics; i++) {
            int type = file.u1(at + id);
            if (type == HprofType.OBJECT) {
                references.add(file.id(at + id + 1));
                staticReferences.put(file.id(at), file.id(at + id + 1));
            } else if (type == HprofType.INT) {
                staticInts.put(file.id(at), file.i4(at + id + 1));
            }
            at += id + 1 + HprofType.size(type, id);
        }
        int count = file.u2(at);
        at += 2;
        for (int i = 0; i < count; i++) {
            fields.add(new Field(file.id(at), file.u1(at + id)));
            at += id + 1;
        }
    }

    /** Where the static fields begin: with their number. */
    private static long statics(HeapFile file, long start) {
        long at = start + 6L * file.idSize() + 4;
        int constants = file.u2(at);
        at += 2;
        for (int i = 0; i < constants; i++) {
            at += 3 + HprofType.size(file.u1(at + 2), file.idSize());
        }
        return at;
    }

    /** Where the next record begins. */
    static long end(HeapFile file, long start) {
        int id = file.idSize();
        long at = statics(file, start);
        int statics = file.u2(at);
        at += 2;
        for (int i = 0; i < statics; i++) {
            at += id + 1 + HprofType.size(file.u1(at + id), id);
        }
        return at + 2 + (id + 1L) * file.u2(at);
    }

    /** 0 if it has none. */
    long superId() {
        return superId;
    }

    /** Its class loader, its protection domain and what its static fields refer to; may hold 0. */
    List<Long> references() {
        return references;
    }

    /** Values of its static fields of type int, by the ids of their names. */
    Map<Long, Integer> staticInts() {
        return staticInts;
    }

    /** What its static fields refer to, by the ids of their names. */
    Map<Long, Long> staticReferences() {
        return staticReferences;
    }

    /** The fields that it declares, in the order in which instances hold their values. */
    List<Field> fields() {
        return fields;
    }
}
