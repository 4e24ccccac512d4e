package dev.asyncinspect.sources;

import dev.asyncinspect.model.AccessMode;
import dev.asyncinspect.model.AwaitSite;
import dev.asyncinspect.model.Fact;
import dev.asyncinspect.model.Frame;
import dev.asyncinspect.model.StackTrace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells from a stack and the class files where exactly a task waits and where it acquired what it holds. Without class files
 * it tells lines only. Not thread-safe.
 */
public final class AwaitSites {

    private final ClassFiles classes;
    private final Map<String, List<MethodCode>> code = new HashMap<>();
    private final Map<StackTrace, @Nullable AwaitSite> sites = new HashMap<>();
    private final Map<StackTrace, Boolean> endless = new HashMap<>();
    private final BlockingCalls blocking;
    private final LockCalls locks;

    public AwaitSites(ClassFiles classes) {
        this.classes = classes;
        this.blocking = new BlockingCalls(new Supertypes(classes));
        this.locks = new LockCalls(blocking);
    }

    /** Where the class files come from. */
    ClassFiles classes() {
        return classes;
    }

    /** The call at which this stack waits: of its innermost own frame. Null if it has no frame at all. */
    public @Nullable AwaitSite callSite(StackTrace stack) {
        return sites.computeIfAbsent(stack, this::findCall);
    }

    /**
     * Whether the timeout of the call at which this stack waits is no end: the program asks for a hundred years or more, written out there, or
     * the JDK itself waits again and again, as {@code close} does for the end of a pool.
     */
    boolean waitsForEver(StackTrace stack) {
        return endless.computeIfAbsent(stack, this::isEndless);
    }

    private boolean isEndless(StackTrace stack) {
        List<Frame> frames = stack.frames();
        int own = ownFrame(frames);
        for (Frame frame : own < 0 ? frames : frames.subList(0, own)) {
            if (WaitKinds.goesOnWaiting(frame)) {
                return true;
            }
        }
        MethodCode method = own <= 0 ? null : method(frames.get(own));
        if (method == null) {
            return false;
        }
        List<MethodCode.Instruction> calls =
                method.callsAt(frames.get(own).line(), frames.get(own - 1).method());
        return !calls.isEmpty() && calls.stream().allMatch(call -> method.endless.contains(call.position()));
    }

    private @Nullable AwaitSite findCall(StackTrace stack) {
        List<Frame> frames = stack.frames();
        int own = ownFrame(frames);
        if (own <= 0) {
            Frame top = stack.top();
            AwaitSite bare = own < 0 ? BareWaits.in(frames) : null;
            if (bare != null) {
                return bare;
            }
            return top == null ? null : AwaitSite.lineOnly(top, own < 0 ? top.method() : "unknown");
        }
        Frame frame = frames.get(own);
        String callee = frames.get(own - 1).method();
        MethodCode method = method(frame);
        List<MethodCode.Instruction> matching = method == null
                ? List.of()
                : awaits(method).stream()
                        .filter(await ->
                                await.line() == frame.line() && await.name().equals(callee))
                        .toList();
        return site(frame, callee, method, matching);
    }

    /**
     * The {@code synchronized} at which this stack waits: of its top frame. Null if it has no frame at all.
     *
     * @param held how many monitors the top frame holds already
     */
    public @Nullable AwaitSite monitorSite(StackTrace stack, int held) {
        Frame frame = stack.top();
        if (frame == null) {
            return null;
        }
        MethodCode method = method(frame);
        if (method == null) {
            return AwaitSite.lineOnly(frame, "synchronized");
        }
        int inBlocks = method.isSynchronized ? held - 1 : held;
        List<MethodCode.Instruction> enters = inBlocks < 0 ? List.of() : method.monitorEntersAt(frame.line(), inBlocks);
        boolean wholeMethod = method.isSynchronized && held == 0;
        if (enters.size() == 1) {
            frame = at(frame, enters.get(0).line()); // the line of the statement, which the dump may miss by one
        }
        return site(frame, wholeMethod ? "synchronized method" : "synchronized", method, enters);
    }

    /** Where this stack waits for the initialisation of a class. Null if it has no frame at all. */
    public @Nullable AwaitSite classInitSite(StackTrace stack) {
        Frame frame = stack.top();
        return frame == null ? null : AwaitSite.lineOnly(frame, "class initialisation");
    }

    private static int ownFrame(List<Frame> frames) {
        int first = -1;
        for (int i = 0; i < frames.size(); i++) {
            if (!frames.get(i).isJdk() && !frames.get(i).isHidden()) {
                if (!isMeans(frames.get(i))) {
                    return i;
                }
                first = first < 0 ? i : first;
            }
        }
        return first;
    }

    /** Kotlin keeps in a library what is in the JDK for Java: who calls it there tells more. */
    private static boolean isMeans(Frame frame) {
        return frame.className().startsWith("kotlinx.coroutines.")
                || frame.className().startsWith("kotlin.");
    }

    private AwaitSite site(
            Frame frame, String callee, @Nullable MethodCode method, List<MethodCode.Instruction> matching) {
        if (method == null || matching.isEmpty()) {
            return AwaitSite.lineOnly(frame, callee);
        }
        List<MethodCode.Instruction> all = awaits(method);
        List<Integer> ordinals =
                matching.stream().map(await -> all.indexOf(await) + 1).toList();
        return new AwaitSite(frame, callee, ordinals, all.size());
    }

    private List<MethodCode.Instruction> awaits(MethodCode method) {
        return method.instructions.stream().filter(blocking::isAwait).toList();
    }

    /**
     * Where a monitor that is held in a frame was entered. A dump lists the monitors of a frame innermost first; the line
     * it prints is where the frame stands now, not where it locked.
     *
     * @param frameIndex index in the stack of the frame that holds it
     * @param nth which of the monitors of that frame, 0 is the innermost
     * @param count how many monitors that frame holds
     */
    public Fact<Frame> monitorEnteredAt(StackTrace stack, int frameIndex, int nth, int count) {
        if (frameIndex >= stack.frames().size()) {
            return Fact.unknown("the dump names a frame that is not in the stack");
        }
        Frame frame = stack.frames().get(frameIndex);
        MethodCode method = method(frame);
        if (method == null) {
            return Fact.unknown("no class file of " + frame.simpleClassName());
        }
        List<Integer> lines = null;
        for (int position : positions(method, stack, frameIndex, count)) {
            List<Integer> here = monitorLines(method, position);
            if (lines != null && !lines.equals(here)) {
                return Fact.unknown("line " + frame.line() + " holds different monitors at different instructions");
            }
            lines = here;
        }
        if (lines == null || lines.size() != count) {
            return Fact.unknown("the bytecode of " + frame.qualifiedMethod() + " does not tell");
        }
        return inferred(frame, lines.get(nth));
    }

    private static List<Integer> monitorLines(MethodCode method, int position) {
        List<Integer> lines = new ArrayList<>();
        method.openMonitors(position).forEach(enter -> lines.add(enter.line()));
        if (method.isSynchronized) {
            lines.add(method.firstLine);
        }
        return lines;
    }

    /** Where the frames of this stack acquired a {@code java.util.concurrent} lock of this class and still hold it. */
    public Fact<Frame> lockAcquiredAt(StackTrace stack, String lockClassName, AccessMode mode) {
        return taken(stack, lockClassName, mode);
    }

    /** Where this stack, which waits for the write half of a read-write lock, took a read half that it still holds. */
    public Fact<Frame> readLockTakenBeforeWriteLock(StackTrace stack) {
        return taken(stack, "java.util.concurrent.locks.ReentrantReadWriteLock", AccessMode.SHARED);
    }

    private Fact<Frame> taken(StackTrace stack, String lockClassName, AccessMode mode) {
        List<Frame> found = new ArrayList<>();
        boolean read = false;
        for (int i = 0; i < stack.frames().size(); i++) {
            Frame frame = stack.frames().get(i);
            MethodCode method = frame.isJdk() || frame.isHidden() ? null : method(frame);
            if (method != null) {
                read = true;
                List<Integer> positions = positions(method, stack, i, 0);
                if (!positions.isEmpty()) {
                    for (LockCalls.Taken taken : locks.openAt(method, positions.get(0))) {
                        if (taken.fits(lockClassName, mode)) {
                            found.add(at(frame, taken.line()));
                        }
                    }
                }
            }
        }
        if (found.size() == 1) {
            return Fact.inferred(found.get(0), "its bytecode");
        }
        if (found.isEmpty()) {
            return Fact.unknown(read ? "no lock() on its stack takes it" : "no class file of the program");
        }
        return Fact.unknown(
                "several lines may have: " + found.stream().map(Frame::place).collect(Collectors.joining(", ")));
    }

    /** Where in its method a frame may stand: the calls on its line that lead to the frame above, or the monitor it enters. */
    private static List<Integer> positions(MethodCode method, StackTrace stack, int frameIndex, int held) {
        Frame frame = stack.frames().get(frameIndex);
        List<MethodCode.Instruction> at = List.of();
        if (frameIndex == 0) {
            at = method.monitorEntersAt(frame.line(), method.isSynchronized ? held - 1 : held);
        }
        if (at.isEmpty()) {
            String callee =
                    frameIndex == 0 ? null : stack.frames().get(frameIndex - 1).method();
            at = method.callsAt(frame.line(), callee);
        }
        return at.stream().map(MethodCode.Instruction::position).toList();
    }

    private static Fact<Frame> inferred(Frame frame, int line) {
        return Fact.inferred(at(frame, line), "its bytecode");
    }

    private static Frame at(Frame frame, int line) {
        return new Frame(frame.className(), frame.method(), frame.file(), line);
    }

    /** What class files say of the classes that calls are made on. */
    BlockingCalls types() {
        return blocking;
    }

    /** The code of a frame's method; of overloads the one that has the line. Null if there is no class file. */
    @Nullable
    MethodCode method(Frame frame) {
        for (MethodCode method : methods(frame.className())) {
            if (method.name.equals(frame.method()) && method.contains(frame.line())) {
                return method;
            }
        }
        return null;
    }

    /** The methods of this class that have code; empty if there is no class file. */
    List<MethodCode> methods(String className) {
        return code.computeIfAbsent(className, this::scan);
    }

    private List<MethodCode> scan(String className) {
        byte[] bytes = classes.find(className);
        return bytes == null ? List.of() : CodeScanner.scan(bytes);
    }
}
