package dev.asyncinspect.sources.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class of the dumped JVM, with where the fields of its instances are. */
public final class HeapClass {

    private static final Set<String> PRIVATE_TO_THREADS = Set.of(
            "java.lang.Thread",
            "java.lang.BaseVirtualThread",
            "java.lang.VirtualThread",
            "java.lang.ThreadBuilders$BoundVirtualThread");

    private static final String REFERENCE = "java.lang.ref.Reference";

    private final String name;
    private final @Nullable HeapClass superclass;
    private final String[] fieldNames;
    private final int[] fieldTypes;
    private final int[] fieldOffsets;
    private final int[] allReferences;
    private final int[] publicReferences;
    private final int ownBytes;
    private final boolean hasReferences;
    private final boolean isThread;
    private final boolean isPhantom;

    HeapClass(
            String name,
            @Nullable HeapClass superclass,
            String[] fieldNames,
            int[] fieldTypes,
            int[] fieldOffsets,
            int ownBytes) {
        this.name = name;
        this.superclass = superclass;
        this.fieldNames = fieldNames;
        this.fieldTypes = fieldTypes;
        this.fieldOffsets = fieldOffsets;
        this.ownBytes = ownBytes;
        isThread = name.equals("java.lang.Thread") || (superclass != null && superclass.isThread);
        isPhantom = name.equals("java.lang.ref.PhantomReference") || (superclass != null && superclass.isPhantom);
        hasReferences = hasOwnReferences() || (superclass != null && superclass.hasReferences);
        allReferences = references(/* withPrivate= */ true);
        publicReferences = references(/* withPrivate= */ false);
    }

    private boolean hasOwnReferences() {
        for (int type : fieldTypes) {
            if (type == HprofType.OBJECT) {
                return true;
            }
        }
        return false;
    }

    /** Instances hold the fields of their own class first, then those of the one above. */
    private int[] references(boolean withPrivate) {
        List<Integer> offsets = new ArrayList<>();
        int at = 0;
        for (HeapClass c = this; c != null; c = c.superclass) {
            if (withPrivate || !PRIVATE_TO_THREADS.contains(c.name)) {
                for (int i = 0; i < c.fieldTypes.length; i++) {
                    boolean hidden = isPhantom && c.name.equals(REFERENCE) && c.fieldNames[i].equals("referent");
                    if (c.fieldTypes[i] == HprofType.OBJECT && !hidden) {
                        offsets.add(at + c.fieldOffsets[i]);
                    }
                }
            }
            at += c.ownBytes;
        }
        return offsets.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Binary name: {@code java.lang.Thread$State}. */
    public String name() {
        return name;
    }

    /** Null of {@code java.lang.Object}. */
    public @Nullable HeapClass superclass() {
        return superclass;
    }

    /** Whether this is the class of this name or below it. */
    public boolean isA(String ancestor) {
        for (HeapClass c = this; c != null; c = c.superclass) {
            if (c.name.equals(ancestor)) {
                return true;
            }
        }
        return false;
    }

    /** Whether instances refer to others. */
    boolean hasReferences() {
        return hasReferences;
    }

    /** Whether instances are threads. */
    boolean isThread() {
        return isThread;
    }

    /** Where instances keep references, from the beginning of their values; without what a phantom reference hides. */
    int[] allReferences() {
        return allReferences;
    }

    /** The same without what only a thread itself gets at. */
    int[] publicReferences() {
        return publicReferences;
    }

    /** Bytes that the fields declared here take in an instance. */
    int ownBytes() {
        return ownBytes;
    }

    /** Position of a field declared here, negative if there is none. */
    int field(String field) {
        for (int i = 0; i < fieldNames.length; i++) {
            if (fieldNames[i].equals(field)) {
                return i;
            }
        }
        return -1;
    }

    int offset(int field) {
        return fieldOffsets[field];
    }

    int type(int field) {
        return fieldTypes[field];
    }
}
