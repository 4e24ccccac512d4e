package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the queues at which givers and takers wait for each other: {@code SynchronousQueue}, {@code LinkedTransferQueue}. */
final class TransferReader implements ObjectReader {

    /*
     * All keep a list of nodes, one for each who waits, with its thread as long as it does. What they park at:
     *
     *   17       SynchronousQueue.TransferStack (its nodes have a mode, whose lowest bit says that they give), .TransferQueue
     *   21, 25   SynchronousQueue.Transferer, which is a LinkedTransferQueue
     */

    private static final String JUC = "java.util.concurrent.";
    private static final int MOST_NODES = 100_000;

    private record Layout(
            @Nullable Class<?> type, FieldReader head, FieldReader next, FieldReader waiter, FieldReader gives) {}

    private final Threads threads;
    private final List<Layout> layouts = new ArrayList<>();

    TransferReader(JdkDoor door, Threads threads) {
        this.threads = threads;
        layout(door, "SynchronousQueue$TransferStack", "SynchronousQueue$TransferStack$SNode", "mode");
        layout(door, "SynchronousQueue$TransferQueue", "SynchronousQueue$TransferQueue$QNode", "isData");
        layout(door, "LinkedTransferQueue", "LinkedTransferQueue$Node", "isData");
        layout(door, "LinkedTransferQueue", "LinkedTransferQueue$DualNode", "isData");
    }

    private void layout(JdkDoor door, String name, String node, String gives) {
        Layout layout = new Layout(
                door.type(JUC + name),
                door.fieldIfAny(JUC + name, "head"),
                door.fieldIfAny(JUC + node, "next"),
                door.fieldIfAny(JUC + node, "waiter"),
                door.fieldIfAny(JUC + node, gives));
        if (layout.head.exists() && layout.next.exists() && layout.waiter.exists()) {
            layouts.add(layout);
        }
    }

    @Override
    public boolean read(Object object, Sample sample) {
        for (Layout layout : layouts) {
            if (layout.type != null && layout.type.isInstance(object)) {
                waiters(layout, object, sample);
                return true;
            }
        }
        return false;
    }

    private void waiters(Layout layout, Object queue, Sample sample) {
        int givers = 0;
        int takers = 0;
        Object node = layout.head.get(queue);
        for (int steps = 0; node != null && steps < MOST_NODES; steps++) {
            Thread waiting = layout.waiter.thread(node);
            if (waiting != null) {
                sample.episode(node, Relation.EPISODE, threads.id(waiting));
                boolean gives = isTrue(layout.gives.get(node));
                givers += gives ? 1 : 0;
                takers += gives ? 0 : 1;
            }
            Object next = layout.next.get(node);
            node = isSame(next, node) ? layout.head.get(queue) : next; // a node that was taken out points to itself
        }
        sample.number(queue, Relation.GIVERS, givers);
        sample.number(queue, Relation.TAKERS, takers);
    }

    private static boolean isTrue(@Nullable Object value) {
        return value instanceof Number mode ? (mode.intValue() & 1) == 1 : Boolean.TRUE.equals(value);
    }

    @SuppressWarnings("ReferenceEquality") // of nodes
    private static boolean isSame(@Nullable Object one, Object other) {
        return one == other;
    }
}
