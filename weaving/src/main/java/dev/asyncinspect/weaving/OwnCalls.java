package dev.asyncinspect.weaving;

import org.objectweb.asm.ClassReader;

/** Tells whether a class calls our bridge. */
final class OwnCalls {

    private OwnCalls() {}

    static boolean in(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        char[] buffer = new char[reader.getMaxStringLength()];
        for (int item = 1; item < reader.getItemCount(); item++) {
            int offset = reader.getItem(item);
            if (offset > 0
                    && reader.readByte(offset - 1) == CLASS_TAG
                    && BridgeClass.NAME.equals(reader.readUTF8(offset, buffer))) {
                return true;
            }
        }
        return false;
    }

    private static final int CLASS_TAG = 7;
}
