package dev.asyncinspect.core;

/**
 * Numbers over all tasks since the beginning.
 *
 * @param total tasks seen
 * @param pending created, never polled
 * @param scheduled runnable
 * @param running running
 * @param blocked waiting
 * @param completed ended normally, those already forgotten included
 * @param failed ended by a throwable, those already forgotten included
 * @param cancelled not wanted any longer, those already forgotten included
 * @param incomplete over, with events missing in their life
 * @param evicted over and forgotten
 * @param refused not followed because there were too many
 * @param events events taken in
 * @param dropped events that are missing
 */
public record TaskCounts(
        long total,
        long pending,
        long scheduled,
        long running,
        long blocked,
        long completed,
        long failed,
        long cancelled,
        long incomplete,
        long evicted,
        long refused,
        long events,
        long dropped) {}
