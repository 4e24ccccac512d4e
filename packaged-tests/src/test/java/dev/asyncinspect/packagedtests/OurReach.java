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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What async-inspect keeps alive in the heap of a program, from its own static fields, its bridges and its threads on. */
final class OurReach {

    /*
     * The walk ends at what belongs to the JVM and leads everywhere without keeping anything: a ThreadGroup of JDK 17 lists all threads
     * that run, a loader all its classes, an Instrumentation all agents. Each is still reached, so that a loader of the program is found.
     * So are the pools by which the JDK runs and wakes virtual threads: hooks know these by identity, and they live as long as the JVM.
     */

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
        heap.classes(OurReach::isOurs).forEach(type -> roots.addAll(heap.staticReferences(type)));
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
        return new OurReach(
                heap, HeapReach.from(heap, roots, ENDS::contains, schedulers(heap)), Set.copyOf(ourThreads));
    }

    private static Set<Long> schedulers(Heap heap) {
        String type = "java.lang.VirtualThread";
        return Stream.of(
                        List.of(
                                heap.staticReference(type, "DEFAULT_SCHEDULER"),
                                heap.staticReference(type, "UNPARKER")),
                        heap.elements(heap.staticReference(type, "DELAYED_TASK_SCHEDULERS")))
                .flatMap(List::stream)
                .collect(Collectors.toSet());
    }

    private static boolean isOurs(String className) {
        return className.startsWith("dev.asyncinspect.") || className.startsWith("java.lang.AsyncInspect");
    }

    /** Whether there is anything of ours at all. */
    boolean isPresent() {
        return !ourThreads.isEmpty() && countsByClass().keySet().stream().anyMatch(OurReach::isOurs);
    }

    /** The path to each object that only the program should know: its classes, their objects, its threads and loaders, throwables. */
    List<String> programObjects(String packageName) {
        List<String> found = new ArrayList<>();
        for (long id : reach.all()) {
            String type = classNames.getOrDefault(id, "");
            boolean isProgramClass = heap.nameOfClass(id).startsWith(packageName);
            // A shutdown hook of ours is no thread yet, but its class is ours.
            boolean isForeignThread = heap.isA(id, "java.lang.Thread") && !ourThreads.contains(id) && !isOurs(type);
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
