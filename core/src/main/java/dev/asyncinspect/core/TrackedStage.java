package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future whose life is told, and that of every stage that is derived from it. */
final class TrackedStage<T extends @Nullable Object> extends SettlingStage<T> {

    /* A stage is completed from within CompletableFuture, past every method that could be overridden. So its end is seen by a stage that
     * depends on it. That one must not be tracked itself: allOf makes a plain one. */

    private final long taskId;
    private final String label;
    private final AtomicBoolean over = new AtomicBoolean();

    private TrackedStage(long taskId, String label) {
        this.taskId = taskId;
        this.label = label;
    }

    /** A stage that ends as the source does. */
    static <T extends @Nullable Object> CompletableFuture<T> of(String label, CompletionStage<T> source) {
        long id = Tracking.created(EventCodes.FUTURE_STAGE, label);
        TrackedStage<T> stage = new TrackedStage<>(id, label);
        stage.watch();
        source.whenComplete((value, failure) -> {
            if (failure == null) {
                stage.complete(value);
            } else {
                stage.completeExceptionally(failure);
            }
        });
        return stage;
    }

    /** A stage that this supplier completes in this executor. */
    static <T extends @Nullable Object> CompletableFuture<T> supply(String name, Supplier<T> work, Executor executor) {
        long id = Tracking.submitted(EventCodes.FUTURE_STAGE, name);
        if (id == 0) {
            return supplyAsync(work, executor);
        }
        TrackedStage<T> stage = new TrackedStage<>(id, name);
        stage.watch();
        Supplier<T> told = () -> {
            long entered = Tracking.begins(id);
            try {
                return work.get();
            } finally {
                Tracking.leaves(entered);
                Tracking.pauses(id, EventCodes.RETURN);
            }
        };
        try {
            return stage.completeAsync(told, executor);
        } catch (RejectedExecutionException e) {
            Tracking.failed(id, e);
            throw e;
        }
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> newIncompleteFuture() {
        Recorder recorder = Inspector.RECORDER;
        long id = taskId == 0 ? 0 : Tracking.created(EventCodes.FUTURE_STAGE, label);
        if (id != 0) {
            recorder.linked(recorder.now(), id, EventCodes.DERIVED_FROM, 0, taskId);
        }
        TrackedStage<U> stage = new TrackedStage<>(id, label);
        stage.watch();
        return stage;
    }

    @Override
    void settle() {
        if (!over.get()) {
            watch();
        }
    }

    private void watch() {
        if (taskId != 0) {
            var unused = CompletableFuture.allOf(this).whenComplete((nothing, failure) -> over(failure));
        }
    }

    private void over(@Nullable Throwable failure) {
        if (!over.compareAndSet(false, true)) {
            return;
        }
        if (failure == null) {
            Tracking.completed(taskId);
        } else {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            Tracking.failed(taskId, cause == null ? failure : cause);
        }
    }
}
