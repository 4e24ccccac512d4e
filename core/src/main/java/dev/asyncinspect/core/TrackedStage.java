package dev.asyncinspect.core;

import dev.asyncinspect.core.event.EventCodes;
import dev.asyncinspect.core.recorder.Recorder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A future whose life is told, and that of every stage that is derived from it. */
final class TrackedStage<T extends @Nullable Object> extends CompletableFuture<T> {

    /* A stage is completed from within CompletableFuture, past every method that could be overridden. So its end is seen by a stage that
     * depends on it. That one must not be tracked itself: allOf makes a plain one.
     *
     * A stage that is derived from one that is done already gets its result written into it without that anybody who depends on it is told:
     * it is new, so nobody can. So each method that derives without an executor looks whether its stage is done. */

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
        return stage.completeAsync(
                () -> {
                    Tracking.begins(id);
                    try {
                        return work.get();
                    } finally {
                        Tracking.pauses(id, EventCodes.RETURN);
                    }
                },
                executor);
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
    public <U extends @Nullable Object> CompletableFuture<U> thenApply(Function<? super T, ? extends U> fn) {
        return settled(super.thenApply(fn));
    }

    @Override
    public CompletableFuture<Void> thenAccept(Consumer<? super T> action) {
        return settled(super.thenAccept(action));
    }

    @Override
    public CompletableFuture<Void> thenRun(Runnable action) {
        return settled(super.thenRun(action));
    }

    @Override
    public <U extends @Nullable Object, V extends @Nullable Object> CompletableFuture<V> thenCombine(
            CompletionStage<? extends U> other, BiFunction<? super T, ? super U, ? extends V> fn) {
        return settled(super.thenCombine(other, fn));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<Void> thenAcceptBoth(
            CompletionStage<? extends U> other, BiConsumer<? super T, ? super U> action) {
        return settled(super.thenAcceptBoth(other, action));
    }

    @Override
    public CompletableFuture<Void> runAfterBoth(CompletionStage<?> other, Runnable action) {
        return settled(super.runAfterBoth(other, action));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> applyToEither(
            CompletionStage<? extends T> other, Function<? super T, U> fn) {
        return settled(super.applyToEither(other, fn));
    }

    @Override
    public CompletableFuture<Void> acceptEither(CompletionStage<? extends T> other, Consumer<? super T> action) {
        return settled(super.acceptEither(other, action));
    }

    @Override
    public CompletableFuture<Void> runAfterEither(CompletionStage<?> other, Runnable action) {
        return settled(super.runAfterEither(other, action));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> thenCompose(
            Function<? super T, ? extends CompletionStage<U>> fn) {
        return settled(super.thenCompose(fn));
    }

    @Override
    public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super @Nullable Throwable> action) {
        return settled(super.whenComplete(action));
    }

    @Override
    public <U extends @Nullable Object> CompletableFuture<U> handle(BiFunction<? super T, Throwable, ? extends U> fn) {
        return settled(super.handle(fn));
    }

    @Override
    public CompletableFuture<T> exceptionally(Function<Throwable, ? extends T> fn) {
        return settled(super.exceptionally(fn));
    }

    private static <U extends @Nullable Object> CompletableFuture<U> settled(CompletableFuture<U> derived) {
        if (derived instanceof TrackedStage<U> stage && stage.isDone() && !stage.over.get()) {
            stage.watch();
        }
        return derived;
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
