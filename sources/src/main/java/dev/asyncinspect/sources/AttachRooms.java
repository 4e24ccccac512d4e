package dev.asyncinspect.sources;

import dev.asyncinspect.core.rows.Relation;
import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.Bound;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.ResourceKind;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.TaskKind;
import dev.asyncinspect.model.TaskState;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** Who takes from the full queues of one sample in which threads wait for room. */
final class AttachRooms {

    /*
     *   ArrayBlockingQueue.put         parks at a condition ──room──► the queue ◄──leads to── way "AsyncAppenderBase.blockingQueue"
     *   AsyncAppenderBase.append                                                                        │ begins
     *   ...                                                                                             ▼
     *   AsyncAppenderBase$Worker.run   takes from AsyncAppenderBase.blockingQueue (TakingCode)     this thread
     *
     * A consumer is whoever stands in a method that takes from a field by which he leads to that queue and, as near, to no other; from
     * the static field, the variable, or the field of the same object on which put is called; and the workers of a full pool whose queue it is. Then others may
     * be about to take as well, who count though it is not known of them that they do:
     *
     *   - whoever leads to the queue, itself or by work that lies in the queue of his pool, and does not wait for room in it;
     *   - whoever stands in a class with another method, or calls a method, that takes from one of the fields which are known to have it;
     *   - whoever stands in a method that takes from a variable, or from what the code does not show.
     *
     * One of them who does not wait, or waits for a time, and nothing is said. What is said is inferred: who has the queue at hand on
     * his stack alone is not seen.
     */

    private static final Fact<Frame> NO_SITE = Fact.unknown("a queue does not record who takes from it");
    private static final String OTHERS = "; a live look does not see everybody who could";
    private static final String BASIS = "from the code in which it stands" + OTHERS;
    private static final String BASIS_OF_POOL = "it is the queue of its own pool" + OTHERS;

    /** A way from a thread to a queue, by a field whose owner is so many steps away. */
    private record Way(int queue, String field, long steps) {}

    private static final class Room {
        private final int queue;
        private final Set<Long> putters = new HashSet<>();
        /** Class and name of the fields that are known to have the queue. */
        private final Set<String> fields = new HashSet<>();

        private final Set<Long> consumers = new LinkedHashSet<>();
        /** Class and name of the methods in which those stand when they take. */
        private final Set<String> takingMethods = new HashSet<>();

        private String basis = BASIS;

        private Room(int queue) {
            this.queue = queue;
        }
    }

    private final AttachRows rows;
    private final List<Task> tasks;
    private final LongFunction<@Nullable Resource> resources;
    private final TakingCode code;
    private final Map<Long, List<Way>> ways = new HashMap<>();
    /** By the id of the resource that is awaited. */
    private final Map<Long, Room> rooms = new LinkedHashMap<>();

    private AttachRooms(
            AttachRows rows, List<Task> tasks, LongFunction<@Nullable Resource> resources, TakingCode code) {
        this.rows = rows;
        this.tasks = tasks;
        this.resources = resources;
        this.code = code;
    }

    /**
     * Who takes from the queues that are waited at for room, by the id of the resource; none of whom that is not known.
     *
     * @param resources a resource by its id, whose identity is the number of its object
     */
    static Map<Long, Fact<List<Hold>>> holders(
            AttachRows rows, List<Task> tasks, LongFunction<@Nullable Resource> resources, AwaitSites sites) {
        AttachRooms rooms = new AttachRooms(rows, tasks, resources, new TakingCode(sites));
        tasks.forEach(rooms::putter);
        return rooms.rooms.isEmpty() ? Map.of() : rooms.holders();
    }

    private Map<Long, Fact<List<Hold>>> holders() {
        rows.refs().forEach(ref -> leads(rows.about(ref)));
        tasks.forEach(this::consumes);
        rooms.values().forEach(this::ofPool);
        Map<Long, Fact<List<Hold>>> found = new HashMap<>();
        rooms.forEach((resource, room) -> {
            if (!room.consumers.isEmpty()) {
                found.put(resource, takers(room));
            }
        });
        return found;
    }

    private void leads(AttachRows.About way) {
        String field = way.text(Relation.FIELD);
        Long steps = way.number(Relation.STEPS);
        if (field == null || steps == null) {
            return;
        }
        for (int queue : way.objects(Relation.LEADS_TO)) {
            for (long thread : way.threads(Relation.BEGINS)) {
                ways.computeIfAbsent(thread, t -> new ArrayList<>()).add(new Way(queue, field, steps));
            }
            rooms.values().stream()
                    .filter(room -> room.queue == queue && !field.isEmpty())
                    .forEach(room -> room.fields.add(field));
        }
    }

    private void putter(Task task) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : resources.apply(wait.resourceId());
        if (wait == null
                || resource == null
                || wait.bound() != Bound.UNBOUNDED
                || resource.kind() != ResourceKind.QUEUE) {
            return;
        }
        int put = FullQueues.depthOfPut(task.stack().frames());
        int signal = resource.identity() == null ? 0 : Integer.parseInt(resource.identity());
        Long all = rows.about(signal).number(Relation.ALL_WAYS);
        if (put < 0 || signal == 0 || all == null || all != 1) {
            return;
        }
        List<Integer> queue = rows.about(signal).objects(Relation.ROOM);
        Room room = rooms.computeIfAbsent(resource.id(), id -> new Room(queue.isEmpty() ? 0 : queue.get(0)));
        room.putters.add(task.id());
        Receivers.Receiver on = put + 1 < task.stack().frames().size()
                ? code.callsOn(task.stack().frames(), put + 1)
                : null;
        if (on != null) {
            room.fields.add(name(on));
        }
    }

    private void consumes(Task task) {
        List<Frame> frames = task.stack().frames();
        for (int depth = 1; depth < frames.size(); depth++) {
            int at = depth;
            String method = method(frames.get(depth));
            for (Receivers.Receiver from : code.passed(frames, depth)) {
                boolean toPut = FullQueues.puts(frames.get(depth - 1));
                rooms.values().stream()
                        .filter(room -> from.isStatic()
                                ? room.fields.contains(name(from))
                                : from.isField()
                                        ? isNearest(room, task.id(), from)
                                                || (room.putters.contains(task.id())
                                                        && putsIntoTheSame(frames, at, from))
                                        : toPut && room.putters.contains(task.id()))
                        .forEach(room -> {
                            room.consumers.add(task.id());
                            room.takingMethods.add(method);
                        });
            }
        }
    }

    private boolean isNearest(Room room, long thread, Receivers.Receiver from) {
        return room.queue != 0 && nearest(thread, from).equals(Set.of(room.queue));
    }

    /** Whether what is put at the top of the stack goes into this field of the same object whose method stands at this depth. */
    private boolean putsIntoTheSame(List<Frame> frames, int depth, Receivers.Receiver from) {
        int put = FullQueues.depthOfPut(frames) + 1;
        Receivers.Receiver into = put > 0 && put <= depth ? code.callsOn(frames, put) : null;
        boolean same = into != null
                && into.ofThis()
                && from.ofThis()
                && into.name().equals(from.name())
                && (code.isA(into.owner(), from.owner()) || code.isA(from.owner(), into.owner()));
        for (int above = put + 1; same && above <= depth; above++) {
            same = code.callsOnThis(frames, above);
        }
        return same;
    }

    private void ofPool(Room room) {
        for (int ref : rows.refs()) {
            AttachRows.About pool = rows.about(ref);
            if (room.queue != 0 && pool.objects(Relation.QUEUE).contains(room.queue) && AttachFutures.isFull(pool)) {
                room.consumers.addAll(pool.threads(Relation.WORKER));
                room.basis = BASIS_OF_POOL;
            }
        }
    }

    /** The queues in the fields that this may be, of the owners nearest to the thread. */
    private Set<Integer> nearest(long thread, Receivers.Receiver from) {
        Set<Integer> found = new HashSet<>();
        long steps = Long.MAX_VALUE;
        for (Way way : ways.getOrDefault(thread, List.of())) {
            if (way.steps() <= steps && isField(from, way.field())) {
                if (way.steps() < steps) {
                    found.clear();
                }
                steps = way.steps();
                found.add(way.queue());
            }
        }
        return found;
    }

    private Fact<List<Hold>> takers(Room room) {
        Set<Long> takers = new LinkedHashSet<>(room.consumers);
        for (Task task : tasks) {
            if (!takers.contains(task.id()) && !room.putters.contains(task.id()) && mayTake(task, room)) {
                Wait wait = task.waiting();
                if (wait == null || wait.bound() != Bound.UNBOUNDED) {
                    return Fact.unknown(task.label() + " may take from it as well, and can still run");
                }
                takers.add(task.id());
            }
        }
        return Fact.inferred(
                takers.stream()
                        .map(taker -> new Hold(taker, AccessMode.RUNS, NO_SITE))
                        .toList(),
                room.basis);
    }

    private boolean mayTake(Task task, Room room) {
        List<Frame> frames = task.stack().frames();
        if (frames.isEmpty()) {
            // a platform thread without frames is one of the JVM's own
            return task.state() == TaskState.RUNNING && task.kind() == TaskKind.VIRTUAL_THREAD;
        }
        if (ways.getOrDefault(task.id(), List.of()).stream().anyMatch(way -> way.queue() == room.queue)) {
            return true;
        }
        for (int depth = 0; depth < frames.size(); depth++) {
            MethodCode standing = code.methodOf(frames.get(depth));
            String className = frames.get(depth).className();
            if (standing == null) {
                continue;
            }
            boolean another = code.methods(className).stream()
                    .filter(method -> method == standing || !room.takingMethods.contains(className + "." + method.name))
                    .anyMatch(method -> takesFrom(className, method, room, task.id()));
            if (another || takesFromUnknown(standing, frames, depth) || callsTaker(standing, room, task.id())) {
                return true;
            }
        }
        return false;
    }

    private boolean takesFrom(String className, MethodCode method, Room room, long thread) {
        List<Receivers.Receiver> all = new ArrayList<>();
        code.of(className, method).forEach(take -> all.add(take.from()));
        for (MethodCode.Instruction call : method.instructions) {
            Receivers.Receiver from = method.receivers.get(call.position());
            if (from != null && code.makesRoom(call)) {
                all.add(from);
            }
        }
        return all.stream()
                .anyMatch(from -> room.fields.stream().anyMatch(field -> isField(from, field))
                        && mayBeItsOwn(from, room, thread));
    }

    private boolean mayBeItsOwn(Receivers.Receiver from, Room room, long thread) {
        Set<Integer> own = from.isStatic() ? Set.of() : nearest(thread, from);
        return own.isEmpty() || own.contains(room.queue);
    }

    /** Whether a method calls another, of a class that has one of the fields, which takes from it. */
    private boolean callsTaker(MethodCode standing, Room room, long thread) {
        return standing.instructions.stream().anyMatch(call -> {
            String owner = call.owner().replace('/', '.');
            return call.kind() == MethodCode.Kind.CALL
                    && room.fields.stream()
                            .anyMatch(field -> TakingCode.outermost(field.substring(0, field.lastIndexOf('.')))
                                    .equals(TakingCode.outermost(owner)))
                    && code.methods(owner).stream()
                            .anyMatch(method ->
                                    method.name.equals(call.name()) && takesFrom(owner, method, room, thread));
        });
    }

    /** Whether a method takes from a variable or from what is not known. Who waits in such a take does so at another queue: this one is full. */
    private boolean takesFromUnknown(MethodCode method, List<Frame> frames, int depth) {
        boolean inTake = depth > 0 && frames.get(depth - 1).isJdk();
        int line = frames.get(depth).line();
        return method.instructions.stream().anyMatch(call -> {
            Receivers.Receiver from = method.receivers.get(call.position());
            return code.makesRoom(call)
                    && (from == null || !from.isField())
                    && !(inTake
                            && call.line() == line
                            && call.name().equals(frames.get(depth - 1).method()));
        });
    }

    /** Whether the field that the code names, perhaps by a class below the one that has it, is this one. */
    private boolean isField(Receivers.Receiver from, String field) {
        int dot = field.lastIndexOf('.');
        return dot > 0
                && from.isField()
                && field.substring(dot + 1).equals(from.name())
                && code.isA(from.owner(), field.substring(0, dot));
    }

    private static String method(Frame frame) {
        return frame.className() + "." + frame.method();
    }

    private static String name(Receivers.Receiver field) {
        return field.owner() + "." + field.name();
    }
}
