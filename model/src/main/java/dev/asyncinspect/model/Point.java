package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * A task came by a point that the program named.
 *
 * @param atNanos when, from the beginning of the recording
 * @param label what the program calls the point
 * @param message what it said there, null if nothing
 */
public record Point(long atNanos, String label, @Nullable String message) {}
