package dev.asyncinspect.sources.heap;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What some objects of a heap keep alive: all that they lead to by strong and soft references, and by which path. */
public final class HeapReach {

    /*
     * Breadth first, so that the path to an object is a shortest one. Weak and phantom references do not lead to their
     * referent, soft and final ones do. An object of Class is passed without a look at its static fields: a class that we hold
     * is held, what its own static fields hold is its own doing.
     */

    private static final String WEAK = "java.lang.ref.WeakReference";
    private static final String PHANTOM = "java.lang.ref.PhantomReference";

    private final Heap heap;
    /** Each object that is reached, with the one before it on the path; 0 before the first. */
    private final Map<Long, Long> before;

    private HeapReach(Heap heap, Map<Long, Long> before) {
        this.heap = heap;
        this.before = before;
    }

    /**
     * Walks from these objects on.
     *
     * @param from ids; 0 is passed over
     * @param endTypes names of classes whose instances are reached, but not walked on from; nor those of classes below
     * @param ends ids of objects that are reached, but not walked on from
     */
    public static HeapReach from(Heap heap, Collection<Long> from, Predicate<String> endTypes, Set<Long> ends) {
        Map<Long, Long> before = new HashMap<>();
        ArrayDeque<Long> next = new ArrayDeque<>();
        from.stream()
                .filter(id -> id != 0 && before.putIfAbsent(id, 0L) == null)
                .forEach(next::add);
        Map<HeapClass, Boolean> isEndType = new HashMap<>();
        while (!next.isEmpty()) {
            long id = next.remove();
            HeapClass type = heap.classOf(id);
            boolean isEnd =
                    ends.contains(id) || (type != null && isEndType.computeIfAbsent(type, t -> isBelow(t, endTypes)));
            if (!isEnd) {
                for (long reference : kept(heap, id, type)) {
                    if (before.putIfAbsent(reference, id) == null) {
                        next.add(reference);
                    }
                }
            }
        }
        return new HeapReach(heap, before);
    }

    private static boolean isBelow(HeapClass type, Predicate<String> name) {
        for (HeapClass c = type; c != null; c = c.superclass()) {
            if (name.test(c.name())) {
                return true;
            }
        }
        return false;
    }

    private static List<Long> kept(Heap heap, long id, @Nullable HeapClass type) {
        List<Long> kept = new ArrayList<>();
        if (type != null && type.isThread()) {
            heap.privateReferences(id, kept::add);
        } else {
            heap.references(id, kept::add);
        }
        if (type != null && type.isA(WEAK) && !type.isA(PHANTOM)) {
            kept.remove(Long.valueOf(heap.reference(id, "referent"))); // once: another field may refer to it as well
        }
        return kept;
    }

    /** Ids of all that is reached, those that it began with included. */
    public Set<Long> all() {
        return Set.copyOf(before.keySet());
    }

    /** The shortest path to an object that is reached, itself last, as names of classes; {@code class X} for a class itself. */
    public List<String> pathTo(long id) {
        ArrayDeque<Long> path = new ArrayDeque<>();
        for (long at = id; at != 0; at = before.getOrDefault(at, 0L)) {
            path.addFirst(at);
        }
        Map<Long, String> names = heap.classNames(path);
        return path.stream().map(at -> name(at, names)).toList();
    }

    private String name(long id, Map<Long, String> names) {
        String ofClass = heap.nameOfClass(id);
        return ofClass.isEmpty() ? names.getOrDefault(id, "[]") : "class " + ofClass;
    }
}
