package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.weaving.HookState;
import dev.asyncinspect.weaving.internal.Bridge;
import dev.asyncinspect.weaving.internal.Retransforming;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the program's own classes: the awaits of methods with {@code @Trace} get their labels, and what the program tells a library
 * that it ships itself comes into our recorder too. Then takes all out again. Once for each recording.
 */
public final class ProgramWeaver {

    /*
     *   open ──install──► transformer in, classes that are loaded woven, then the library's sinks ──remove──► sinks out, bytes restored
     *
     * A class that is being loaded at the moment of remove may keep its calls, which do nothing; nobody finds it then.
     */

    /** So often may a sink throw before it is taken out. */
    private static final int MOST_FAILURES = 100;

    private final Instrumentation instrumentation;
    private final Recorder recorder;
    private final Bridge bridge;
    private final ProgramClasses classes;
    private final ProgramTable table = new ProgramTable();
    private final ProgramTransformer transformer;
    private final LibraryCopies libraries;
    private final AtomicLongArray failures =
            new AtomicLongArray(ProgramBridge.LAYOUT.slots().size());

    private final boolean contexts;

    private ProgramWeaver(Instrumentation instrumentation, Recorder recorder, Bridge bridge, boolean contexts) {
        this.instrumentation = instrumentation;
        this.recorder = recorder;
        this.bridge = bridge;
        this.contexts = contexts;
        classes = new ProgramClasses(instrumentation);
        transformer = new ProgramTransformer(recorder, table, contexts);
        libraries = new LibraryCopies(recorder);
    }

    /**
     * A weaver for the program of this JVM.
     *
     * @throws IllegalStateException if somebody else weaves in this JVM, or it does not let us
     */
    public static ProgramWeaver open(Instrumentation instrumentation, Recorder recorder) {
        return open(instrumentation, recorder, false);
    }

    /**
     * A weaver for the program of this JVM.
     *
     * @param contexts whether to tell which keys the program puts into logging contexts, and takes out
     * @throws IllegalStateException if somebody else weaves in this JVM, or it does not let us
     */
    public static ProgramWeaver open(Instrumentation instrumentation, Recorder recorder, boolean contexts) {
        Bridge bridge = Bridge.open(instrumentation, ProgramBridge.LAYOUT);
        return new ProgramWeaver(instrumentation, recorder, bridge, contexts);
    }

    /** Weaves what is loaded, and from now on what is loaded later. Before hooks are woven into the JDK: ids are agreed upon here. */
    public synchronized void install() {
        bridge.onFailure((thrown, number) -> failed((int) number, (Throwable) thrown));
        bridge.put(ProgramBridge.AWAITS, (IntConsumer) recorder.labels()::begins);
        bridge.put(ProgramBridge.AWAITED, (Runnable) recorder.labels()::ends);
        if (contexts) {
            bridge.put(ProgramBridge.CONTEXT, new ContextSink(recorder));
        }
        instrumentation.addTransformer(transformer, true);
        List<Class<?>> recorders = classes.recorders();
        recorders.forEach(this::retransform);
        recorders.removeIf(type -> !transformer.woven.contains(type.getClassLoader(), LibraryWeaver.TYPE));
        libraries.connect(bridge, existing(recorders));
        classes.traced().forEach(this::retransform);
        if (contexts) {
            classes.contexts().forEach(this::retransform);
        }
    }

    private List<Object> existing(List<Class<?>> recorders) {
        try {
            return classes.existing(recorders);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the program's own recorder cannot be read", e);
        }
    }

    private void retransform(Class<?> type) {
        try {
            Retransforming.of(instrumentation, type);
        } catch (Exception | LinkageError e) {
            table.failed(type.getName(), e);
        }
    }

    private void failed(int number, Throwable thrown) {
        var slot = ProgramBridge.LAYOUT.slots().get(number);
        table.failed(slot.name(), thrown);
        if (failures.incrementAndGet(number) == MOST_FAILURES) {
            bridge.put(slot, null);
        }
    }

    /** Whether this class is one by which a library of the program that tells us follows a task itself. */
    public boolean isTold(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return loader != null
                && type.getName().startsWith("dev.asyncinspect.core.Tracked")
                && transformer.woven.contains(loader, LibraryWeaver.TYPE);
    }

    /** How it fares: lines for the hook table. */
    public List<HookState> hooks() {
        return table.lines();
    }

    /**
     * Takes all out of the program and verifies that.
     *
     * @return what could not be restored, one line each; empty if all was
     */
    public synchronized List<String> remove() {
        List<String> problems = new ArrayList<>();
        try {
            libraries.giveBack(
                    classes.existing(transformer.woven.among(classes.recorders().toArray(Class<?>[]::new))));
        } catch (ReflectiveOperationException | RuntimeException e) {
            problems.add("the program's own recorder may give numbers a second time: " + e);
        }
        bridge.clear();
        instrumentation.removeTransformer(transformer);
        Witness witness = new Witness();
        instrumentation.addTransformer(witness, true);
        try {
            for (Class<?> type : transformer.woven.among(instrumentation.getAllLoadedClasses())) {
                restore(type, witness, problems);
            }
        } finally {
            instrumentation.removeTransformer(witness);
        }
        table.removed();
        return problems;
    }

    private void restore(Class<?> type, Witness witness, List<String> problems) {
        try {
            Retransforming.of(instrumentation, type);
        } catch (Exception | LinkageError e) {
            problems.add(type.getName() + " keeps our calls, which do nothing: " + e);
            return;
        }
        if (witness.stillCalling.contains(type)) {
            problems.add(type.getName() + " still calls us");
        }
    }

    /** Sees what classes are in the end, after all other transformers. */
    private static final class Witness implements ClassFileTransformer {

        final Set<Class<?>> stillCalling = ConcurrentHashMap.newKeySet();

        @Override
        public byte @Nullable [] transform(
                @Nullable ClassLoader loader,
                @Nullable String name,
                @Nullable Class<?> type,
                @Nullable ProtectionDomain domain,
                byte[] bytes) {
            if (type != null && ProgramTransformer.isProgram(loader) && ProgramBridge.LAYOUT.isCalledIn(bytes)) {
                stillCalling.add(type);
            }
            return null;
        }
    }
}
