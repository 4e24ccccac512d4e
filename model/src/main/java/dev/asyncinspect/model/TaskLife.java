package dev.asyncinspect.model;

import org.jspecify.annotations.Nullable;

/**
 * What a recording tells of a task's life up to the moment of a snapshot. Times add up to the age: a task runs, is runnable and
 * waits for somebody to run it, or is blocked.
 *
 * @param parentId task that created it
 * @param createdAt where it was created
 * @param ageNanos time since it was created or first seen, until now or until it ended
 * @param polls how often it began to run
 * @param wakes how often it became runnable
 * @param selfWakes how often it made itself runnable
 * @param wakerId task or thread that made it runnable last
 * @param runningNanos time on a thread
 * @param scheduledNanos time runnable without a thread to run it
 * @param blockedNanos the rest
 * @param failure class and message of what it threw, null unless it failed
 * @param complete whether nothing of its life is known to be missing; if not, the numbers are lower bounds
 */
public record TaskLife(
        Fact<Long> parentId,
        Fact<CodeSite> createdAt,
        long ageNanos,
        long polls,
        long wakes,
        long selfWakes,
        Fact<Long> wakerId,
        long runningNanos,
        long scheduledNanos,
        long blockedNanos,
        @Nullable String failure,
        boolean complete) {}
