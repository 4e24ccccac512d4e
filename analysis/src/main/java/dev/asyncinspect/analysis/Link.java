package dev.asyncinspect.analysis;

import dev.asyncinspect.model.Hold;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of a chain of waits: a task waits for a resource that others hold.
 *
 * @param taskId the one that waits
 * @param resourceId what it waits for
 * @param holder who keeps it from going on and is the next step of the chain; null if the chain ends here
 * @param otherHolders further holders of the resource that are stuck as well
 */
public record Link(long taskId, long resourceId, @Nullable Hold holder, List<Hold> otherHolders) {

    public Link {
        otherHolders = List.copyOf(otherHolders);
    }
}
