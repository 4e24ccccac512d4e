package dev.asyncinspect.weaving.program;

import dev.asyncinspect.weaving.internal.BridgeLayout;
import dev.asyncinspect.weaving.internal.BridgeSlot;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.IntUnaryOperator;
import java.util.function.LongUnaryOperator;
import java.util.function.ObjIntConsumer;

/** The bridge that classes of the program call. */
final class ProgramBridge {

    /** The current thread is about to make a call that may block: symbol of the label. */
    static final BridgeSlot AWAITS = BridgeSlot.of("awaits", "(I)V", IntConsumer.class, "accept");
    /** The current thread has made that call, or left it by an exception. */
    static final BridgeSlot AWAITED = BridgeSlot.of("awaited", "()V", Runnable.class, "run");

    /** Whether a recorder of the program is to be told: 1 or 0, given what it would say itself. */
    static final BridgeSlot ON = BridgeSlot.of("isOn", "(I)I", IntUnaryOperator.class, "applyAsInt");
    /** The id of a new task, given the one that a recorder of the program would take. */
    static final BridgeSlot TASK_ID = BridgeSlot.of("taskId", "(J)J", LongUnaryOperator.class, "applyAsLong");
    /** The number of a new resource, likewise. */
    static final BridgeSlot RESOURCE_ID = BridgeSlot.of("resourceId", "(J)J", LongUnaryOperator.class, "applyAsLong");
    /** An event that a recorder of the program is told: its four words, and the recorder. */
    static final BridgeSlot EVENT = BridgeSlot.made("event", "(JJJJLjava/lang/Object;)V", "AsyncInspectEvents1");

    /** The current thread changes its logging context: a key, or many, or null; and how, by the codes of {@link ContextSink}. */
    static final BridgeSlot CONTEXT =
            BridgeSlot.of("context", "(Ljava/lang/Object;I)V", ObjIntConsumer.class, "accept");

    static final BridgeLayout LAYOUT =
            BridgeLayout.of("AsyncInspectProgram2", List.of(AWAITS, AWAITED, ON, TASK_ID, RESOURCE_ID, EVENT, CONTEXT));

    private ProgramBridge() {}
}
