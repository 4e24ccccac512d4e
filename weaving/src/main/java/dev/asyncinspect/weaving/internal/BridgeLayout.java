package dev.asyncinspect.weaving.internal;

import java.util.List;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * What a bridge looks like.
 *
 * @param name internal name of the class, with the version of this layout at its end
 * @param slots in the order of their failure numbers, from 0
 */
public record BridgeLayout(String name, List<BridgeSlot> slots) {

    private static final int CLASS_TAG = 7;

    public BridgeLayout {
        slots = List.copyOf(slots);
    }

    /** The class, in {@code java.lang}. */
    public static BridgeLayout of(String simpleName, List<BridgeSlot> slots) {
        return new BridgeLayout("java/lang/" + simpleName, slots);
    }

    /** Name of the resource beside our classes that has its bytes, if the build has made them. */
    public String file() {
        return name.substring(name.lastIndexOf('/') + 1) + ".bridge";
    }

    /** The number under which the failures of this slot are told. */
    int number(BridgeSlot slot) {
        // Not indexOf: the equals of a record makes the JDK keep our class by a soft reference, and with it our loader.
        for (int i = 0; i < slots.size(); i++) {
            if (slots.get(i).name().equals(slot.name())) {
                return i;
            }
        }
        throw new IllegalArgumentException("no slot of " + name + ": " + slot.name());
    }

    /** Inserts the call of a slot, whose arguments lie on the stack. */
    public void call(MethodVisitor code, BridgeSlot slot) {
        code.visitMethodInsn(Opcodes.INVOKESTATIC, name, slot.name(), slot.descriptor(), false);
    }

    /** Whether a class calls this bridge. */
    public boolean isCalledIn(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int item = 1; item < reader.getItemCount(); item++) {
            int offset = reader.getItem(item);
            if (offset > 0
                    && reader.readByte(offset - 1) == CLASS_TAG
                    && name.equals(reader.readUTF8(offset, buffer))) {
                return true;
            }
        }
        return false;
    }
}
