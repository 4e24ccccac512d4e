package dev.asyncinspect.sources;

import dev.asyncinspect.model.Frame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the methods of a program take from queues, and from which fields and variables: by their bytecode alone. */
final class TakingCode {

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
    record Take(int position, Receivers.Receiver from) {}

    private static final Set<String> TAKES = Set.of("take", "takeFirst", "takeLast", "poll", "pollFirst", "pollLast");
    /** What empties a queue as well, though nobody waits in it. */
    private static final Set<String> EMPTIES =
            Set.of("drainTo", "remove", "removeIf", "removeAll", "retainAll", "clear");

    private static final Set<String> QUEUES =
            Set.of("java.util.Queue", "java.util.concurrent.BlockingQueue", "java.util.concurrent.BlockingDeque");

    private final AwaitSites sites;
    private final Map<String, List<Take>> takes = new HashMap<>();

    TakingCode(AwaitSites sites) {
        this.sites = sites;
    }

    /**
     * On what the method at this depth takes, as far as it can have done so: fields, and a variable if what is called there, a
     * method of the JDK, is called on that variable too.
     */
    List<Receivers.Receiver> passed(List<Frame> frames, int depth) {
        MethodCode method = depth == 0 ? null : methodOf(frames.get(depth));
        if (method == null) {
            return List.of();
        }
        List<MethodCode.Instruction> standing = standing(method, frames, depth);
        List<Receivers.Receiver> found = new ArrayList<>();
        for (Take take :
                standing.isEmpty() ? List.<Take>of() : of(frames.get(depth).className(), method)) {
            boolean passed = standing.stream().allMatch(call -> method.mayHavePassed(call.position(), take.position()));
            if (passed
                    && (take.from().isField()
                            || (frames.get(depth - 1).isJdk()
                                    && areOn(method, standing, take.from().variable())))) {
                found.add(take.from());
            }
        }
        return found;
    }

    /** On which field the method at this depth calls what stands above it; null if that is not plain. */
    Receivers.@Nullable Receiver callsOn(List<Frame> frames, int depth) {
        MethodCode method = depth == 0 ? null : methodOf(frames.get(depth));
        if (method == null) {
            return null;
        }
        Receivers.Receiver found = null;
        for (MethodCode.Instruction call : standing(method, frames, depth)) {
            Receivers.Receiver on = method.receivers.get(call.position());
            if (on == null || !on.isField() || (found != null && !found.equals(on))) {
                return null;
            }
            found = on;
        }
        return found;
    }

    /** Whether the method at this depth calls what stands above it on its own object. */
    boolean callsOnThis(List<Frame> frames, int depth) {
        MethodCode method = depth == 0 ? null : methodOf(frames.get(depth));
        List<MethodCode.Instruction> standing =
                method == null || method.isStatic ? List.of() : standing(method, frames, depth);
        return method != null && !standing.isEmpty() && areOn(method, standing, 0);
    }

    /** Whether this is a call that takes from a queue. */
    boolean isTake(MethodCode.Instruction call) {
        return call.kind() == MethodCode.Kind.CALL
                && TAKES.contains(call.name())
                && sites.types().isOneOf(call.owner(), QUEUES);
    }

    /** Whether this is a call that makes room in a queue, by whatever means. */
    boolean makesRoom(MethodCode.Instruction call) {
        return isTake(call)
                || (call.kind() == MethodCode.Kind.CALL
                        && EMPTIES.contains(call.name())
                        && sites.types().isOneOf(call.owner(), QUEUES));
    }

    /** What a method takes from, itself or by a method of its own class or of one that is nested with it. */
    List<Take> of(String className, MethodCode method) {
        String key = className + "." + method.name + ":" + method.firstLine;
        List<Take> known = takes.get(key);
        if (known == null) {
            List<Take> found = new ArrayList<>(itself(method));
            for (MethodCode.Instruction call : method.instructions) {
                String owner = call.owner().replace('/', '.');
                if (call.kind() == MethodCode.Kind.CALL
                        && !call.inHandler()
                        && outermost(owner).equals(outermost(className))) {
                    sites.methods(owner).stream()
                            .filter(other -> other != method && other.name.equals(call.name()))
                            .flatMap(other -> itself(other).stream())
                            .filter(take -> take.from().isField())
                            .forEach(take -> found.add(new Take(call.position(), take.from())));
                }
            }
            known = List.copyOf(found);
            takes.put(key, known);
        }
        return known;
    }

    private List<Take> itself(MethodCode method) {
        List<Take> found = new ArrayList<>();
        for (MethodCode.Instruction call : method.instructions) {
            Receivers.Receiver from = method.receivers.get(call.position());
            if (from != null && !call.inHandler() && isTake(call)) {
                found.add(new Take(call.position(), from));
            }
        }
        return found;
    }

    /** The code of a method of the program; null if it is none, or there is no class file. */
    @Nullable
    MethodCode methodOf(Frame frame) {
        return frame.isJdk() || frame.isHidden() ? null : sites.method(frame);
    }

    /** The methods of this class that have code. */
    List<MethodCode> methods(String className) {
        return sites.methods(className);
    }

    /** Whether a class is this one or extends it. */
    boolean isA(String className, String type) {
        return sites.types().isOneOf(className, Set.of(type));
    }

    private static List<MethodCode.Instruction> standing(MethodCode method, List<Frame> frames, int depth) {
        return method.callsAt(frames.get(depth).line(), frames.get(depth - 1).method());
    }

    /** Whether all these calls are made on this variable. */
    private static boolean areOn(MethodCode method, List<MethodCode.Instruction> calls, int variable) {
        return calls.stream().map(call -> method.receivers.get(call.position())).allMatch(on -> isOn(on, variable));
    }

    private static boolean isOn(Receivers.@Nullable Receiver receiver, int variable) {
        return receiver != null && receiver.variable() == variable;
    }

    /** The class in which this one is nested, itself if it is in none. */
    static String outermost(String className) {
        int nested = className.indexOf('$');
        return nested < 0 ? className : className.substring(0, nested);
    }
}
