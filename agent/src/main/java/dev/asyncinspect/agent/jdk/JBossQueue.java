package dev.asyncinspect.agent.jdk;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the queue of JBoss's {@code EnhancedQueueExecutor}, the pool of WildFly and Quarkus. */
final class JBossQueue {

    /*
     * Linked nodes behind a head whose own work is done. Up to 3.6 the pool has the head in a field, later among others, far
     * apart from each other, in an array (of another name in 3.7): those behind it are found from it, and the others of the array are no work of their own.
     * What lies in a node is wrapped.
     *
     * It makes a thread for what is handed in, rather than put it into the queue, as long as it has fewer than it may: unless
     * it was told to resist growth. So a queue that is not empty belongs to a pool that is full.
     */

    static final String POOL = "org.jboss.threads.EnhancedQueueExecutor";

    private JBossQueue() {}

    /** What waits; null if this version keeps it in another way. */
    static @Nullable List<Object> works(ObjectFields fields, Object pool, int most) {
        List<Object> heads = new ArrayList<>();
        Object array = fields.value(pool, "unsharedTaskNodes");
        if ((array == null ? fields.value(pool, "unsharedObjects") : array) instanceof Object[] nodes) {
            heads.addAll(QueueReader.nonNull(nodes, nodes.length));
        } else if (fields.value(pool, "head") != null) {
            heads.add(fields.value(pool, "head"));
        } else {
            return null;
        }
        List<Object> longest = List.of();
        for (Object head : heads) { // the last node as well, from which there is nothing more to find
            List<Object> behind = behind(fields, head, most);
            longest = behind.size() > longest.size() ? behind : longest;
        }
        return longest;
    }

    /** Whether it puts nothing into its queue while it may make another thread. */
    static boolean growsFirst(ObjectFields fields, Object pool) {
        return fields.value(pool, "growthResistance") instanceof Float resistance && resistance == 0f;
    }

    private static List<Object> behind(ObjectFields fields, Object head, int most) {
        List<Object> found = new ArrayList<>();
        Object node = fields.value(head, "next");
        while (node != null && found.size() < most && node.getClass().getName().equals(POOL + "$TaskNode")) {
            Object task = fields.value(node, "task");
            Object work = task == null ? null : fields.value(task, "delegate");
            if (work != null) {
                found.add(work);
            }
            node = fields.value(node, "next");
        }
        return found;
    }
}
