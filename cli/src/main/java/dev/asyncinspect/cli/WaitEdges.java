package dev.asyncinspect.cli;

import dev.asyncinspect.model.Hold;
import dev.asyncinspect.model.Resource;
import dev.asyncinspect.model.Snapshot;
import dev.asyncinspect.model.Task;
import dev.asyncinspect.model.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of a snapshot that a drawing shows: resources, who waits for them and who holds them. */
final class WaitEdges {

    private final Snapshot snapshot;
    private final boolean everything;
    private final Map<Long, Resource> resources = new LinkedHashMap<>();
    private final Map<Long, List<Task>> waiters = new HashMap<>();
    private final Map<Long, List<Resource>> held = new HashMap<>();

    private WaitEdges(Snapshot snapshot, boolean everything) {
        this.snapshot = snapshot;
        this.everything = everything;
    }

    /**
     * The edges of a snapshot.
     *
     * @param everything whether to show all tasks and resources; else only resources with a known holder and somebody who
     *     waits, and the tasks at both ends
     */
    static WaitEdges of(Snapshot snapshot, boolean everything) {
        WaitEdges edges = new WaitEdges(snapshot, everything);
        for (Task task : snapshot.tasks()) {
            Resource resource = edges.awaited(task);
            if (resource != null) {
                edges.resources.put(resource.id(), resource);
                edges.waiters
                        .computeIfAbsent(resource.id(), id -> new ArrayList<>())
                        .add(task);
            }
        }
        if (everything) {
            snapshot.resources().forEach(resource -> edges.resources.putIfAbsent(resource.id(), resource));
        }
        for (Resource resource : edges.resources.values()) {
            for (Hold hold : resource.knownHolders()) {
                edges.held
                        .computeIfAbsent(hold.taskId(), id -> new ArrayList<>())
                        .add(resource);
            }
        }
        return edges;
    }

    /** The resources shown. */
    Iterable<Resource> resources() {
        return resources.values();
    }

    /** What this task waits for, null if that is nothing that is shown. */
    @Nullable
    Resource awaited(Task task) {
        Wait wait = task.waiting();
        Resource resource = wait == null ? null : snapshot.resource(wait.resourceId());
        return resource == null || (!everything && resource.knownHolders().isEmpty()) ? null : resource;
    }

    /** Who waits for this resource. */
    List<Task> waiters(Resource resource) {
        return waiters.getOrDefault(resource.id(), List.of());
    }

    /** The resources shown that this task holds. */
    List<Resource> heldBy(Task task) {
        return held.getOrDefault(task.id(), List.of());
    }

    /** The tasks shown, each once, in the order of their ids. */
    List<Task> tasks() {
        return snapshot.tasks().stream()
                .filter(task -> everything || !heldBy(task).isEmpty() || awaited(task) != null)
                .toList();
    }

    /** The task that holds something, null if the snapshot lacks it. */
    @Nullable
    Task holder(Hold hold) {
        return snapshot.task(hold.taskId());
    }
}
