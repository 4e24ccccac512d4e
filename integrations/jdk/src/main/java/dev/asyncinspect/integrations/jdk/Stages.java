package dev.asyncinspect.integrations.jdk;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import dev.asyncinspect.core.recorder.ThreadIds;
import dev.asyncinspect.integrations.jdk.TaskTable.Entry;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Tells the lives of stages that depend on others: {@code thenApply}, {@code thenCompose}, {@code allOf} and their kin. */
final class Stages {

    /*
     * Such a stage is known by the future that the program holds (dep), because that is what ends it: the object with the
     * function is done before a composed stage is. What the JDK composes for itself is passed over.
     *
     *   waits for its source ──► runnable ──► runs the function ──► over
     *            │          completed, or handed      │
     *            │          to an executor, by whom   └──► waits for the stage that thenCompose got ──► over
     *            └──► over: its source failed, or somebody completes or cancels it by hand
     *
     * What is told of its sources says what it waits for: of a stage of two the second is told too, and of allOf and anyOf those that are
     * tasks and not complete, up to so many. A stage that needs only one of them says so.
     *
     * A stage whose source is done already when it is made runs at once in the same thread: it is a call, and not told.
     */

    private static final String FUTURE = "java.util.concurrent.CompletableFuture";
    private static final int MOST_SOURCES = 64;
    private static final @Nullable VarHandle RESULT = Insides.field(FUTURE, "result");
    private static final @Nullable VarHandle DEP = Insides.field(FUTURE + "$UniCompletion", "dep");
    private static final @Nullable VarHandle SOURCE = Insides.field(FUTURE + "$UniCompletion", "src");
    private static final @Nullable VarHandle SECOND = Insides.field(FUTURE + "$BiCompletion", "snd");
    private static final @Nullable Class<?> BI = Insides.type(FUTURE + "$BiCompletion");
    private static final @Nullable Class<?> OR_APPLY = Insides.type(FUTURE + "$OrApply");
    private static final @Nullable Class<?> OR_ACCEPT = Insides.type(FUTURE + "$OrAccept");
    private static final @Nullable Class<?> OR_RUN = Insides.type(FUTURE + "$OrRun");
    private static final @Nullable Class<?> UNI = Insides.type(FUTURE + "$UniCompletion");
    private static final @Nullable Class<?> RELAY = Insides.type(FUTURE + "$UniRelay");
    private static final @Nullable Class<?> BI_RELAY = Insides.type(FUTURE + "$BiRelay");
    private static final @Nullable Class<?> FAILURE = Insides.type(FUTURE + "$AltResult");
    private static final @Nullable VarHandle THROWN = Insides.field(FUTURE + "$AltResult", "ex");

    private final Recorder recorder;
    private final TaskCode code;
    private final Creations creations;
    private final FailedThreads failures;
    private final TaskTable table;
    /** Futures that are no such stage, with the task that is their work, 0 if that is none: see {@link AwaitedFutures}. */
    private final TaskTable others;

    private final int relayed;
    private final int either;

    Stages(Recorder recorder, TaskCode code, Creations creations, FailedThreads failures) {
        this.recorder = recorder;
        others = TaskTable.of(recorder);
        table = TaskTable.of(recorder);
        this.code = code;
        this.creations = creations;
        this.failures = failures;
        relayed = recorder.symbol(FUTURE + ".copy or thenCompose");
        either = recorder.symbol("either");
    }

    /** What runs later is put behind its source. */
    void waits(@Nullable Object completion) {
        if (completion == null || UNI == null || !UNI.isInstance(completion) || DEP == null || SOURCE == null) {
            return; // of two sources the second gets a mere pointer, and anyOf is told when it is made
        }
        Object stage = DEP.get(completion);
        Object source = SOURCE.get(completion);
        Class<?> type = completion.getClass();
        if (stage == null || type == BI_RELAY) {
            return; // a node of the tree that allOf builds
        }
        Entry known = table.any(stage);
        if (known == null && (known = made(stage, type == RELAY ? relayed : code.ofStage(completion))) == null) {
            return;
        }
        int how = type == RELAY ? EventCodes.AWAITS : EventCodes.DERIVED_FROM;
        int word = isEither(type) ? either : 0;
        derived(known, source, how, word);
        if (BI != null && BI.isInstance(completion) && SECOND != null) {
            derived(known, SECOND.get(completion), how, word);
        }
    }

    private void derived(Entry stage, @Nullable Object source, int how, int word) {
        Entry known = source == null ? null : table.any(source);
        Entry of = known == null && source != null ? others.any(source) : known;
        if (of != null && of.taskId != 0) {
            recorder.linked(recorder.now(), stage.taskId, how, word, of.taskId);
        }
    }

    /** Where futures are kept that are no such stage. */
    TaskTable others() {
        return others;
    }

    private static boolean isEither(Class<?> type) {
        return type == OR_APPLY || type == OR_ACCEPT || type == OR_RUN;
    }

    /** What may run is handed to an executor by the current thread. */
    void handed(@Nullable Object completion) {
        if (completion == null || UNI == null || !UNI.isInstance(completion) || DEP == null) {
            return;
        }
        Object stage = DEP.get(completion);
        Entry known = stage == null ? null : table.any(stage);
        Entry entry = known == null && stage != null ? made(stage, code.ofStage(completion)) : known;
        if (entry != null && !entry.isRunnable) {
            entry.isRunnable = true;
            recorder.woken(recorder.now(), entry.taskId, EventCodes.SUBMITTED, ThreadIds.current());
        }
    }

    /**
     * A stage of many is made; it may be done already.
     *
     * @param sources the futures that it is made of
     * @param one whether one of them is enough
     */
    void combined(@Nullable Object stage, @Nullable Object sources, int symbol, boolean one) {
        if (stage != null && !isDone(stage)) {
            Entry made = made(stage, symbol);
            if (made != null && sources instanceof Object[] futures) {
                for (int i = 0; i < futures.length && i < MOST_SOURCES; i++) {
                    derived(made, futures[i], EventCodes.DERIVED_FROM, one ? either : 0);
                }
            }
            if (isDone(stage)) {
                over(stage); // nobody may have seen it
            }
        }
    }

    private @Nullable Entry made(Object stage, int symbol) {
        if (symbol == TaskCode.OF_THE_JDK) {
            return null;
        }
        long id = recorder.newTaskId();
        if (!recorder.follows(id)) {
            recorder.created(0, id, EventCodes.FUTURE_STAGE, 0, 0);
            return null;
        }
        Entry entry = new Entry(stage, id);
        entry.code = symbol;
        if (!table.add(entry, stage)) {
            recorder.countUntold();
            return null;
        }
        creations.told(recorder.now(), entry.taskId, EventCodes.FUTURE_STAGE, symbol, false);
        return entry;
    }

    /** The current thread begins to run the function of the completion. */
    void begins(Object completion) {
        Object stage = DEP == null ? null : DEP.get(completion);
        if (stage != null) {
            stageBegins(stage);
        }
    }

    /** The current thread begins to run the function of the stage. */
    void stageBegins(Object stage) {
        long thread = ThreadIds.current();
        Entry entry = table.begin(stage, thread);
        if (entry != null) {
            long now = recorder.now();
            if (!entry.isRunnable) {
                entry.isRunnable = true;
                recorder.woken(now, entry.taskId, EventCodes.COMPLETION, thread);
            }
            recorder.pollStart(now, entry.taskId, thread);
        }
    }

    /** The function of the completion has returned. */
    void ran(Object completion) {
        Object stage = DEP == null ? null : DEP.get(completion);
        if (stage != null) {
            stageRan(stage);
        }
    }

    /** The function of the stage has returned. */
    void stageRan(Object stage) {
        long thread = ThreadIds.current();
        Entry entry = table.find(stage, thread);
        if (entry != null) {
            recorder.pollEnd(recorder.now(), entry.taskId, EventCodes.RETURN, thread);
            entry.rest();
        }
    }

    /** The stage is complete, or its turn has come and it was complete already. */
    void over(@Nullable Object stage) {
        if (stage == null) {
            return;
        }
        long thread = ThreadIds.current();
        Entry entry = table.find(stage, thread);
        if (entry == null) {
            entry = table.find(stage, 0);
        }
        if (entry == null || !table.remove(entry)) {
            return;
        }
        ended(recorder.now(), entry, failure(stage));
    }

    /** Somebody has completed a stage by hand, unless it was complete. */
    void completed(Object stage) {
        Entry entry = table.find(stage, 0);
        if (entry != null && isDone(stage) && table.remove(entry)) {
            ended(recorder.now(), entry, failure(stage));
        }
    }

    private void ended(long now, Entry entry, @Nullable Throwable failure) {
        long taskId = entry.taskId;
        AwaitedFuture.over(entry, recorder);
        if (failure == null) {
            recorder.ended(now, taskId, EventCodes.COMPLETED, 0);
        } else if (failure instanceof CancellationException) {
            recorder.ended(now, taskId, EventCodes.CANCELLED, 0);
        } else {
            recorder.ended(now, taskId, EventCodes.FAILED, failures.symbol(failure));
        }
    }

    /** The task that is the stage which this object runs; null if it is none that is told of. */
    @Nullable
    Entry ofCompletion(Object completion) {
        Object stage = DEP == null || UNI == null || !UNI.isInstance(completion) ? null : DEP.get(completion);
        return stage == null ? null : table.any(stage);
    }

    /** The task that this future is, null if it is none that is told of. */
    @Nullable
    Entry of(Object future) {
        return table.any(future);
    }

    static boolean isDone(Object stage) {
        return RESULT != null && RESULT.getVolatile(stage) != null;
    }

    private static @Nullable Throwable failure(Object stage) {
        Object result = RESULT == null ? null : RESULT.getVolatile(stage);
        if (result == null || result.getClass() != FAILURE || THROWN == null) {
            return null;
        }
        Throwable thrown = (Throwable) THROWN.get(result);
        Throwable cause = thrown instanceof CompletionException && thrown.getClass() == CompletionException.class
                ? thrown.getCause()
                : null;
        return cause == null ? thrown : cause;
    }
}
