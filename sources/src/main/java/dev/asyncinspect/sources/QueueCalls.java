package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import dev.asyncinspect.sources.heap.Heap;
import dev.asyncinspect.sources.heap.HeapThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From which queues the methods of a program take that stand on the stacks of a heap: by their bytecode and what their frames have. */
final class QueueCalls {

    /*
     *   Worker.run   aload_0; getfield parent; getfield queue; invoke take()     this method takes from that queue
     *   Worker.run   aload_0; invoke next()  ──►  next: getfield queue; ...      so does one that calls such a method of its own class
     *
     * Only what it can have come by counts: a take before the call at which it stands, or one in a loop around both. One behind
     * that call, or in the handler of an exception, may be there to clear up. Where the code does not show plainly on what take is
     * called, nothing is said.
     */

    /**
     * A call that takes from a queue, itself or by another method.
     *
     * @param position of the call
     * @param from on what take is called
     */
    private record Take(int position, Receivers.Receiver from) {}

    private static final Set<String> TAKES = Set.of("take", "takeFirst", "takeLast", "poll", "pollFirst", "pollLast");
    private static final Set<String> QUEUES =
            Set.of("java.util.Queue", "java.util.concurrent.BlockingQueue", "java.util.concurrent.BlockingDeque");

    private final Heap heap;
    private final AwaitSites sites;
    private final Map<String, List<Take>> takes = new HashMap<>();

    QueueCalls(Heap heap, AwaitSites sites) {
        this.heap = heap;
        this.sites = sites;
    }

    /** The queues from which the method takes that stands at this depth; none if that cannot be told. */
    Set<Long> takenAt(HeapThread thread, int depth) {
        Frame frame = thread.frames().get(depth);
        MethodCode method = frame.isJdk() || frame.isHidden() ? null : sites.method(frame);
        if (method == null) {
            return Set.of();
        }
        Frame above = depth == 0 ? null : thread.frames().get(depth - 1);
        List<MethodCode.Instruction> standing =
                above == null ? List.of() : method.callsAt(frame.line(), above.method());
        Set<Long> found = new HashSet<>();
        for (Take take : standing.isEmpty() ? List.<Take>of() : takes(frame.className(), method)) {
            if (!standing.stream().allMatch(call -> method.mayHavePassed(call.position(), take.position()))) {
                continue;
            }
            if (take.from().isField()) {
                found.addAll(inField(take.from(), thread.locals().getOrDefault(depth, List.of())));
            } else if (above != null
                    && above.isJdk()
                    && areOn(method, standing, take.from().variable())) {
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
        for (MethodCode method : sites.methods(className)) {
            for (Take take : takes(className, method)) {
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

    /** Whether all these calls are made on this variable. */
    private static boolean areOn(MethodCode method, List<MethodCode.Instruction> calls, int variable) {
        return calls.stream().map(call -> method.receivers.get(call.position())).allMatch(on -> isOn(on, variable));
    }

    private static boolean isOn(Receivers.@Nullable Receiver receiver, int variable) {
        return receiver != null && receiver.variable() == variable;
    }

    /** What the method takes from, itself or by a method of its own class or of one that is nested with it. */
    private List<Take> takes(String className, MethodCode method) {
        String key = className + "." + method.name + ":" + method.firstLine;
        List<Take> known = takes.get(key);
        if (known == null) {
            List<Take> found = new ArrayList<>(takesItself(method));
            for (MethodCode.Instruction call : method.instructions) {
                String owner = call.owner().replace('/', '.');
                if (call.kind() == MethodCode.Kind.CALL
                        && !call.inHandler()
                        && outermost(owner).equals(outermost(className))) {
                    sites.methods(owner).stream()
                            .filter(other -> other != method && other.name.equals(call.name()))
                            .flatMap(other -> takesItself(other).stream())
                            .filter(take -> take.from().isField())
                            .forEach(take -> found.add(new Take(call.position(), take.from())));
                }
            }
            known = List.copyOf(found);
            takes.put(key, known);
        }
        return known;
    }

    private List<Take> takesItself(MethodCode method) {
        List<Take> found = new ArrayList<>();
        for (MethodCode.Instruction call : method.instructions) {
            Receivers.Receiver from = method.receivers.get(call.position());
            if (from != null
                    && call.kind() == MethodCode.Kind.CALL
                    && !call.inHandler()
                    && TAKES.contains(call.name())
                    && sites.types().isOneOf(call.owner(), QUEUES)) {
                found.add(new Take(call.position(), from));
            }
        }
        return found;
    }

    private static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
