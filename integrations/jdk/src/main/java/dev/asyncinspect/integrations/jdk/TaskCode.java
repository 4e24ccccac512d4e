package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.recorder.Recorder;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Tells by a symbol which code a task will run: its class, or the method behind a lambda. */
final class TaskCode {

    /*
     * The class of a task is had for nothing; a look at the stack costs 3 µs a task. Each lambda in the source has a class of
     * its own, so its class names the line. The wrappers of the JDK are opened first. Numbers are kept with the classes
     * (ClassValue) and go with them; the values are JDK objects, so no class of the program keeps us.
     */

    /** Instead of a symbol: the JDK does that for itself. */
    static final int OF_THE_JDK = -1;

    private static final int MOST_WRAPPERS = 4;

    /** Where the JDK composes futures for its own purposes, and no program can have code. */
    private static final String[] INSIDE = {
        "jdk.internal.", "sun.", "java.net.http.", "java.util.concurrent.CompletableFuture$"
    };

    private static final @Nullable VarHandle CALLABLE = Insides.field("java.util.concurrent.FutureTask", "callable");

    private static final String[] STAGES = {
        "AsyncSupply",
        "AsyncRun",
        "UniApply",
        "UniAccept",
        "UniRun",
        "UniWhenComplete",
        "UniHandle",
        "UniExceptionally",
        "UniCompose",
        "UniComposeExceptionally",
        "BiApply",
        "BiAccept",
        "BiRun",
        "OrApply",
        "OrAccept",
        "OrRun"
    };

    /** What wrappers of the JDK wrap: by class, never written again. */
    private static final Map<Class<?>, VarHandle> WRAPPED = wrapped();

    private final ClassValue<Integer> symbols;

    private final ClassValue<Boolean> told;

    TaskCode(Recorder recorder, Predicate<Class<?>> isTold) {
        told = new ClassValue<>() {
            @Override
            protected Boolean computeValue(Class<?> type) {
                return isTold.test(type);
            }
        };
        symbols = new ClassValue<>() {
            @Override
            protected Integer computeValue(Class<?> type) {
                String name = name(type);
                int symbol = recorder.symbol(name);
                return isInside(name) ? -symbol : symbol;
            }
        };
    }

    /** The symbol of the code of this task. */
    int symbol(@Nullable Object task) {
        return task == null ? 0 : Math.abs(symbols.get(unwrapped(task).getClass()));
    }

    /** The symbol of the code of this stage, {@link #OF_THE_JDK} for what no program has asked for. */
    int ofStage(Object completion) {
        int symbol = symbols.get(unwrapped(completion).getClass());
        return symbol < 0 ? OF_THE_JDK : symbol;
    }

    private static boolean isInside(String name) {
        for (String prefix : INSIDE) {
            if (name.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the program tells of this task itself: it would be in the record twice. */
    boolean isTold(Object task) {
        return told.get(task.getClass()) || told.get(unwrapped(task).getClass());
    }

    private static Object unwrapped(Object task) {
        Object code = task;
        for (int i = 0; i < MOST_WRAPPERS; i++) {
            Object inner = inner(code);
            if (inner == null) {
                return code;
            }
            code = inner;
        }
        return code;
    }

    private static @Nullable Object inner(Object task) {
        Class<?> type = task.getClass();
        if (task instanceof FutureTask<?> && CALLABLE != null) {
            return CALLABLE.get(task);
        }
        VarHandle wrapped = WRAPPED.get(type);
        return wrapped == null ? null : wrapped.get(task);
    }

    private static Map<Class<?>, VarHandle> wrapped() {
        Map<Class<?>, VarHandle> fields = new HashMap<>();
        add(fields, "java.util.concurrent.Executors$RunnableAdapter", "task");
        add(fields, "java.util.concurrent.ThreadPerTaskExecutor$TaskRunner", "task");
        add(fields, "java.util.concurrent.StructuredTaskScope$SubtaskImpl", "task"); // JDK 21 to 24
        add(fields, "java.util.concurrent.StructuredTaskScopeImpl$SubtaskImpl", "task");
        for (String stage : STAGES) {
            add(fields, "java.util.concurrent.CompletableFuture$" + stage, "fn");
        }
        String forkJoin = "java.util.concurrent.ForkJoinTask$";
        add(fields, forkJoin + "AdaptedRunnable", "runnable");
        add(fields, forkJoin + "AdaptedRunnableAction", "runnable");
        add(fields, forkJoin + "AdaptedCallable", "callable");
        add(fields, forkJoin + "AdaptedInterruptibleCallable", "callable");
        add(fields, forkJoin + "AdaptedInterruptibleRunnable", "runnable");
        add(fields, forkJoin + "RunnableExecuteAction", "runnable");
        return fields;
    }

    private static void add(Map<Class<?>, VarHandle> fields, String className, String field) {
        Class<?> type = Insides.type(className);
        VarHandle handle = Insides.field(className, field);
        if (type != null && handle != null) {
            fields.put(type, handle);
        }
    }

    private static String name(Class<?> type) {
        String name = type.getName();
        int lambda = name.indexOf("$$Lambda");
        if (lambda < 0) {
            return name;
        }
        String method = LambdaName.of(type);
        return method == null ? "a lambda of " + name.substring(0, lambda) : method;
    }
}
