package dev.asyncinspect.agent.jdk;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the JDK's queues hold, without their locks and without their iterators. */
final class QueueReader {

    private static final String JUC = "java.util.concurrent.";

    /** How the elements of one class of queue are reached: along linked nodes, or in an array. */
    private record Layout(
            @Nullable FieldReader head, @Nullable FieldReader next, FieldReader items) {}

    private final Map<String, Layout> layouts = new LinkedHashMap<>();

    QueueReader(JdkDoor door) {
        linked(door, "LinkedBlockingQueue", "head");
        linked(door, "LinkedBlockingDeque", "first");
        linked(door, "LinkedTransferQueue", "head");
        array(door, "ArrayBlockingQueue", "items");
        array(door, "PriorityBlockingQueue", "queue");
        array(door, "ScheduledThreadPoolExecutor$DelayedWorkQueue", "queue");
    }

    private void linked(JdkDoor door, String name, String head) {
        String node = JUC + name + "$Node";
        FieldReader items = door.fieldIfAny(node, "item");
        Layout layout = new Layout(door.fieldIfAny(JUC + name, head), door.fieldIfAny(node, "next"), items);
        if (items.exists()) {
            layouts.put(JUC + name, layout);
        }
    }

    private void array(JdkDoor door, String name, String items) {
        layouts.put(JUC + name, new Layout(null, null, door.field(JUC + name, items)));
    }

    /** The elements; null if this is no queue that we can read. */
    @SuppressWarnings("ReferenceEquality") // of nodes
    @Nullable
    List<Object> elements(Object queue, int most) {
        String name = queue.getClass().getName();
        if (name.equals(JUC + "SynchronousQueue")) {
            return List.of(); // holds nothing by design
        }
        Layout layout = null;
        for (Class<?> type = queue.getClass(); type != null && layout == null; type = type.getSuperclass()) {
            layout = layouts.get(type.getName());
        }
        if (layout == null) {
            return null;
        }
        if (layout.head == null || layout.next == null) {
            return layout.items.get(queue) instanceof Object[] slots ? nonNull(slots, most) : null;
        }
        List<Object> elements = new ArrayList<>();
        Object node = layout.head.get(queue);
        for (int steps = 0; node != null && steps < 2 * most && elements.size() < most; steps++) {
            Object item = layout.items.get(node);
            if (item != null) {
                elements.add(item);
            }
            Object next = layout.next.get(node);
            node = next == node ? layout.head.get(queue) : next; // a node that was taken out points to itself
        }
        return elements;
    }

    static List<Object> nonNull(Object[] slots, int most) {
        List<Object> found = new ArrayList<>();
        for (int i = 0; i < slots.length && found.size() < most; i++) {
            if (slots[i] != null) {
                found.add(slots[i]);
            }
        }
        return found;
    }
}
