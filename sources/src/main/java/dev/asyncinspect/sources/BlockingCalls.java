package dev.asyncinspect.sources;

import dev.asyncinspect.core.event.AwaitCalls;
import java.util.Set;

/** Finds the calls that count as awaits ({@link AwaitCalls}), by what class files say of the classes they are called on. */
final class BlockingCalls {

    private final Supertypes supertypes;

    BlockingCalls(Supertypes supertypes) {
        this.supertypes = supertypes;
    }

    /** Whether this instruction can block: by name, and by what its owner is or extends. */
    boolean isAwait(MethodCode.Instruction instruction) {
        if (instruction.kind() == MethodCode.Kind.MONITOR_ENTER) {
            return true;
        }
        Set<String> types = AwaitCalls.typesWith(instruction.name());
        if (instruction.kind() != MethodCode.Kind.CALL || types.isEmpty()) {
            return false;
        }
        return AwaitCalls.isEveryones(types) || isOneOf(instruction.owner(), types);
    }

    /** Whether a class, by internal name, is one of these types or extends one. */
    boolean isOneOf(String owner, Set<String> types) {
        String name = owner.replace('/', '.');
        if (types.contains(name)) {
            return true;
        }
        for (String supertype : supertypes.of(name)) {
            if (types.contains(supertype)) {
                return true;
            }
        }
        return false;
    }
}
