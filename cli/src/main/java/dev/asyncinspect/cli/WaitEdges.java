package dev.asyncinspect.cli;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The part of a snapshot that a drawing shows: resources with a known holder and somebody who waits.
 *
 * @param snapshot all of it
 * @param waiters who waits for each such resource, by its id
 */
record WaitEdges(Snapshot snapshot, Map<Resource, List<Task>> waiters) {

    static WaitEdges of(Snapshot snapshot) {
        Map<Resource, List<Task>> waiters = new LinkedHashMap<>();
        for (Task task : snapshot.tasks()) {
            Wait wait = task.waiting();
            Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
            if (resource != null && !resource.knownHolders().isEmpty()) {
                waiters.computeIfAbsent(resource, r -> new ArrayList<>()).add(task);
            }
        }
        return new WaitEdges(snapshot, waiters);
    }

    /** The resources that this task holds and somebody waits for. */
    List<Resource> heldBy(Task task) {
        List<Resource> held = new ArrayList<>();
        for (Resource resource : waiters.keySet()) {
            for (Hold hold : resource.knownHolders()) {
                if (hold.taskId() == task.id()) {
                    held.add(resource);
                }
            }
        }
        return held;
    }

    /** Every task that waits or holds, each once, in the order of their ids. */
    List<Task> tasks() {
        return snapshot.tasks().stream()
                .filter(task -> !heldBy(task).isEmpty()
                        || waiters.values().stream().anyMatch(waiting -> waiting.contains(task)))
                .toList();
    }
}
