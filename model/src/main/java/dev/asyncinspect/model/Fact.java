package dev.asyncinspect.model;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value together with how we know it. A view prints an {@link Unknown} as unknown and never fills it in.
 *
 * @param <T> type of the value
 */
public sealed interface Fact<T> {

    /** The value as the source states it. */
    static <T> Fact<T> observed(T value) {
        return new Observed<>(value);
    }

    /** The value as it follows from something else; {@code from} names that, for a person to check. */
    static <T> Fact<T> inferred(T value, String from) {
        return new Inferred<>(value, from);
    }

    /** No value; {@code why} says what keeps us from knowing it. */
    static <T> Fact<T> unknown(String why) {
        return new Unknown<>(why);
    }

    /** The value, or null if it is not known. */
    @Nullable
    T orNull();

    /** How we know it. */
    Provenance provenance();

    /** What it was inferred from, or why it is not known; empty if observed. */
    String basis();

    /** The same fact about another value. */
    default <R> Fact<R> map(Function<? super T, ? extends R> change) {
        T value = orNull();
        if (value == null) {
            return unknown(basis());
        }
        R changed = change.apply(value);
        return provenance() == Provenance.OBSERVED ? observed(changed) : inferred(changed, basis());
    }

    /**
     * Stated by the source.
     *
     * @param value what it states
     */
    record Observed<T>(T value) implements Fact<T> {
        @Override
        public T orNull() {
            return value;
        }

        @Override
        public Provenance provenance() {
            return Provenance.OBSERVED;
        }

        @Override
        public String basis() {
            return "";
        }
    }

    /**
     * Follows from something else that was observed.
     *
     * @param value what follows
     * @param basis what it follows from
     */
    record Inferred<T>(T value, String basis) implements Fact<T> {
        @Override
        public T orNull() {
            return value;
        }

        @Override
        public Provenance provenance() {
            return Provenance.INFERRED;
        }
    }

    /**
     * Not to be had from this source.
     *
     * @param basis what keeps us from knowing
     */
    record Unknown<T>(String basis) implements Fact<T> {
        @Override
        public @Nullable T orNull() {
            return null;
        }

        @Override
        public Provenance provenance() {
            return Provenance.UNKNOWN;
        }
    }
}
