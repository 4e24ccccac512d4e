package dev.asyncinspect.packagedtests;

import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapReach;
import dev.asyncinspect.sources.heap.HeapThread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What async-inspect keeps alive in the heap of a program, from its own static fields, its bridges and its threads on. */
final class OurReach {

    /*
     * The walk ends at what belongs to the JVM and leads everywhere without keeping anything: a ThreadGroup of JDK 17 lists all threads
     * that run, a loader all its classes, an Instrumentation all agents. Each is still reached, so that a loader of the program is found.
     */

    private static final Predicate<String> OURS =
            name -> name.startsWith("dev.asyncinspect.") || name.startsWith("java.lang.AsyncInspect");
    private static final Set<String> ENDS = Set.of(
            "java.lang.ThreadGroup", "java.lang.ClassLoader", "java.lang.Module", "sun.instrument.InstrumentationImpl");

    private final Heap heap;
    private final HeapReach reach;
    private final Map<Long, String> classNames;
    private final Set<Long> ourThreads;

    private OurReach(Heap heap, HeapReach reach, Set<Long> ourThreads) {
        this.heap = heap;
        this.reach = reach;
        this.classNames = heap.classNames(reach.all());
        this.ourThreads = ourThreads;
    }

    static OurReach in(Path dump) throws IOException {
        Heap heap = Heap.open(dump);
        List<Long> roots = new ArrayList<>();
        heap.classes(OURS).forEach(type -> roots.addAll(heap.staticReferences(type)));
        Map<Long, String> names = heap.texts(heap.threads().stream()
                .map(thread -> heap.reference(thread.objectId(), "name"))
                .toList());
        List<Long> ourThreads = new ArrayList<>();
        for (HeapThread thread : heap.threads()) {
            if (names.getOrDefault(heap.reference(thread.objectId(), "name"), "")
                    .startsWith("async-inspect")) {
                ourThreads.add(thread.objectId());
                thread.locals().values().forEach(roots::addAll);
            }
        }
        roots.addAll(ourThreads);
        return new OurReach(heap, HeapReach.from(heap, roots, ENDS::contains), Set.copyOf(ourThreads));
    }

    /** Whether there is anything of ours at all. */
    boolean isPresent() {
        return !ourThreads.isEmpty() && countsByClass().keySet().stream().anyMatch(OURS);
    }

    /** The path to each object that only the program should know: its classes, their objects, its threads and loaders, throwables. */
    List<String> programObjects(String packageName) {
        List<String> found = new ArrayList<>();
        for (long id : reach.all()) {
            String type = classNames.getOrDefault(id, "");
            boolean isProgramClass = heap.nameOfClass(id).startsWith(packageName);
            boolean isForeignThread = heap.isA(id, "java.lang.Thread") && !ourThreads.contains(id);
            if (isProgramClass
                    || type.startsWith(packageName)
                    || isForeignThread
                    || heap.isA(id, "java.lang.Throwable")
                    || heap.isA(id, "java.net.URLClassLoader")) {
                found.add(String.join(" -> ", reach.pathTo(id)));
            }
        }
        return found;
    }

    /** How many objects of each class are kept alive. */
    Map<String, Integer> countsByClass() {
        Map<String, Integer> counts = new TreeMap<>();
        classNames.values().forEach(name -> counts.merge(name, 1, Integer::sum));
        return counts;
    }
}
