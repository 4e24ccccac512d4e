package dev.asyncinspect.sources.heap;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A class of the dumped JVM, with where the fields of its instances are. */
public final class HeapClass {

    private static final Set<String> PRIVATE_TO_THREADS = Set.of(
            "java.lang.Thread",
            "java.lang.BaseVirtualThread",
            "java.lang.VirtualThread",
            "java.lang.ThreadBuilders$BoundVirtualThread");

    private final String name;
    private final @Nullable HeapClass superclass;
    private final String[] fieldNames;
    private final int[] fieldTypes;
    private final int[] fieldOffsets;
    private final int[] referenceOffsets;
    private final int ownBytes;
    private final boolean hasReferences;
    private final boolean isThread;
    private final boolean isPrivateToThreads;
    private final boolean isPhantom;
    private final int referentOffset;

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
        isPrivateToThreads = PRIVATE_TO_THREADS.contains(name);
        isPhantom = name.equals("java.lang.ref.PhantomReference") || (superclass != null && superclass.isPhantom);
        int referent = name.equals("java.lang.ref.Reference") ? field("referent") : -1;
        referentOffset = referent < 0 ? -1 : fieldOffsets[referent];
        int count = 0;
        for (int type : fieldTypes) {
            count += type == HprofType.OBJECT ? 1 : 0;
        }
        hasReferences = count > 0 || (superclass != null && superclass.hasReferences);
        referenceOffsets = new int[count];
        int at = 0;
        for (int i = 0; i < fieldTypes.length; i++) {
            if (fieldTypes[i] == HprofType.OBJECT) {
                referenceOffsets[at++] = fieldOffsets[i];
            }
        }
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

    /** Whether only a thread itself gets at what its fields declared here refer to. */
    boolean isPrivateToThreads() {
        return isPrivateToThreads;
    }

    /** Whether instances are references that give their referent to nobody. */
    boolean isPhantom() {
        return isPhantom;
    }

    /** Where instances keep what they refer to as a {@code Reference}, from the beginning of what this class declares; else -1. */
    int referentOffset() {
        return referentOffset;
    }

    /** From the beginning of what this class declares. */
    int[] referenceOffsets() {
        return referenceOffsets;
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
