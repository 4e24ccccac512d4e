package dev.asyncinspect.sources.pools;

import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapClass;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the objects of a pool, and says so where a field is not there instead of taking it for empty. */
final class PoolObjects {

    private static final int MOST_STEPS = 200_000;

    private final Heap heap;
    private final Map<String, Map<Long, List<Long>>> byField = new HashMap<>();

    /** A class or field that this version of a library does not have: nothing is said of its pools. */
    static final class Missing extends Exception {

        private static final long serialVersionUID = 1;

        Missing(String what) {
            super(what);
        }
    }

    PoolObjects(Heap heap) {
        this.heap = heap;
    }

    Heap heap() {
        return heap;
    }

    /** What these fields lead to, one after the other; 0 if to nothing. */
    long path(long from, String... fields) throws Missing {
        long at = from;
        for (String field : fields) {
            at = at == 0 ? 0 : heap.reference(required(at, field), field);
        }
        return at;
    }

    /** The same, if it leads to something. */
    long something(long from, String... fields) throws Missing {
        long found = path(from, fields);
        if (found == 0) {
            throw new Missing(String.join(".", fields));
        }
        return found;
    }

    long number(long object, String field) throws Missing {
        return heap.number(required(object, field), field);
    }

    boolean flag(long object, String field) throws Missing {
        return number(object, field) != 0;
    }

    private long required(long object, String field) throws Missing {
        if (!heap.has(object, field)) {
            throw new Missing(field);
        }
        return object;
    }

    /** The constant of this name of an enumeration. */
    long constant(String enumeration, String name) throws Missing {
        long found = heap.staticReference(enumeration, name);
        if (found == 0) {
            throw new Missing(enumeration + "." + name);
        }
        return found;
    }

    /**
     * The objects of this class that a collection holds, whatever collection it is: goes through the insides of collections
     * and of the library, and into nothing else.
     */
    List<Long> elements(long collection, String className) throws Missing {
        HeapClass own = heap.classOf(collection);
        if (own == null && heap.elements(collection).isEmpty()) {
            throw new Missing("the elements of a collection");
        }
        String library = packageOf(className);
        Set<Long> found = new LinkedHashSet<>();
        Set<Long> seen = new HashSet<>(Set.of(collection));
        Deque<Long> next = new ArrayDeque<>(List.of(collection));
        for (Long object = next.poll(); object != null; object = next.poll()) {
            if (seen.size() > MOST_STEPS) {
                throw new Missing("the end of a collection");
            }
            heap.references(object, reference -> {
                if (heap.isA(reference, className)) {
                    found.add(reference);
                } else if (isInside(reference, library) && seen.add(reference)) {
                    next.add(reference);
                }
            });
        }
        return new ArrayList<>(found);
    }

    private boolean isInside(long object, String library) {
        HeapClass type = heap.classOf(object);
        if (type == null) {
            return !heap.elements(object).isEmpty(); // an array of references
        }
        boolean book = type.name().startsWith("java.util.") || type.name().startsWith(library);
        return book && !type.isA("java.lang.Thread");
    }

    private static String packageOf(String className) {
        return className.substring(0, className.lastIndexOf('.') + 1);
    }

    /** Instances of this class by what this field of theirs refers to. */
    List<Long> thatReferTo(long object, String className, String field) {
        return byField.computeIfAbsent(className + "." + field, key -> {
                    Map<Long, List<Long>> found = new HashMap<>();
                    for (long instance : heap.instancesOf(className)) {
                        found.computeIfAbsent(heap.reference(instance, field), f -> new ArrayList<>())
                                .add(instance);
                    }
                    return found;
                })
                .getOrDefault(object, List.of());
    }
}
