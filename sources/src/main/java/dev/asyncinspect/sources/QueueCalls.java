package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** From which queues the methods of a program take that stand on the stacks of a heap: by their code and what their frames have. */
final class QueueCalls {

    private final Heap heap;
    private final TakingCode code;

    QueueCalls(Heap heap, AwaitSites sites) {
        this.heap = heap;
        code = new TakingCode(sites);
    }

    /** The queues from which the method takes that stands at this depth; none if that cannot be told. */
    Set<Long> takenAt(HeapThread thread, int depth) {
        Set<Long> found = new HashSet<>();
        for (Receivers.Receiver from : code.passed(thread.frames(), depth)) {
            if (from.isField()) {
                found.addAll(inField(from, thread.locals().getOrDefault(depth, List.of())));
            } else {
                Frame above = thread.frames().get(depth - 1);
                thread.locals().getOrDefault(depth - 1, List.of()).stream()
                        .filter(local -> heap.isA(local, above.className()))
                        .forEach(found::add);
            }
        }
        return found;
    }

    /** The methods of this class that take from this queue, which a static field has: {@code Stage.drain}. */
    Set<String> takersOfStatic(String className, long queue) {
        Set<String> found = new HashSet<>();
        for (MethodCode method : code.methods(className)) {
            for (TakingCode.Take take : code.of(className, method)) {
                if (take.from().isStatic() && inField(take.from(), List.of()).contains(queue)) {
                    found.add(className + "." + method.name);
                }
            }
        }
        return found;
    }

    private Set<Long> inField(Receivers.Receiver field, List<Long> locals) {
        Set<Long> found = new HashSet<>();
        if (field.isStatic()) {
            found.add(heap.staticReference(field.owner(), field.name()));
        } else {
            for (long local : locals) {
                for (long owner : new long[] {local, heap.reference(local, "this$0")}) {
                    if (heap.isA(owner, field.owner())) {
                        found.add(heap.reference(owner, field.name()));
                    }
                }
            }
        }
        found.remove(0L);
        return found;
    }
}
