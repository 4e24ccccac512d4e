package dev.asyncinspect.weaving;

import dev.asyncinspect.weaving.internal.BridgeLayout;
import dev.asyncinspect.weaving.internal.BridgeSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;

/** The bridge that hooks in classes of the JDK call: so many slots for two objects, and so many for a number and an object. */
final class JdkBridge {

    static final int PAIRS = 128;
    static final int NUMBERS = 64;

    static final BridgeLayout LAYOUT = BridgeLayout.of("AsyncInspectBridge1", slots());

    private JdkBridge() {}

    private static List<BridgeSlot> slots() {
        List<BridgeSlot> slots = new ArrayList<>();
        for (int i = 0; i < PAIRS; i++) {
            slots.add(BridgeSlot.of("p" + i, "(Ljava/lang/Object;Ljava/lang/Object;)V", BiConsumer.class, "accept"));
        }
        for (int i = 0; i < NUMBERS; i++) {
            slots.add(BridgeSlot.reversed("n" + i, "(JLjava/lang/Object;)V", ObjLongConsumer.class, "accept"));
        }
        return slots;
    }

    /** The number of a slot in the layout, which is that of its failures. */
    static int index(boolean number, int slot) {
        return number ? PAIRS + slot : slot;
    }

    static BridgeSlot slot(boolean number, int slot) {
        return LAYOUT.slots().get(index(number, slot));
    }
}
