package dev.asyncinspect.agent.jdk;

import dev.asyncinspect.core.rows.Relation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** Tells which method of the program a queued piece of work will run, also behind lambdas and method references. */
final class UserMethods {

    /*
     * The JVM makes a hidden class for each lambda and method reference. Its constant pool names the method that it calls;
     * the names are read as they stand there, so that no class is loaded and no loader of the program asked. Beside that
     * method there are only the constructor of Object, and calls that box or unbox. A constructor
     * reference keeps the name of its hidden class.
     *
     * What the JDK puts around a piece of work is taken off first.
     */

    private static final Set<String> CALLS = Set.of("METHODREF", "INTERFACEMETHODREF");
    private static final int MOST_WRAPPERS = 4;

    private final @Nullable ConstantPools pools;
    private final Map<String, FieldReader> wrappers;
    private final Map<Class<?>, String> known = new WeakHashMap<>();

    UserMethods(JdkDoor door) {
        pools = ConstantPools.of(door);
        String executors = "java.util.concurrent.Executors$";
        wrappers = Map.of(
                executors + "RunnableAdapter", door.fieldIfAny(executors + "RunnableAdapter", "task"),
                executors + "PrivilegedCallable", door.fieldIfAny(executors + "PrivilegedCallable", "task"));
    }

    /** Tells of this object that it will run that work. */
    void tell(Object of, @Nullable Object work, Sample sample) {
        Object inner = work;
        for (int i = 0; i < MOST_WRAPPERS && inner != null; i++) {
            FieldReader wrapped = wrappers.get(inner.getClass().getName());
            if (wrapped == null) {
                break;
            }
            inner = wrapped.get(inner);
        }
        if (inner != null) {
            sample.text(of, Relation.USER_METHOD, known.computeIfAbsent(inner.getClass(), this::method));
        }
    }

    /** {@code shop.Orders.load}: of a class that is no lambda only its name. */
    private String method(Class<?> type) {
        String name = type.getName();
        if (!type.isHidden() || !name.contains("$$Lambda")) {
            return name;
        }
        try {
            String method = pools == null ? null : called(pools.members(type, CALLS));
            return method == null ? name : method;
        } catch (Throwable e) {
            return name;
        }
    }

    private static @Nullable String called(List<String[]> references) {
        String found = null;
        for (String[] reference : references) {
            String owner = reference[0].replace('/', '.');
            boolean better = found == null || !owner.startsWith("java.lang.");
            if (better && !isMeans(owner, reference[1])) {
                found = owner + "." + reference[1];
            }
        }
        return found;
    }

    private static boolean isMeans(String owner, String method) {
        boolean boxes = owner.startsWith("java.lang.") && (method.equals("valueOf") || method.endsWith("Value"));
        return boxes || method.equals("<init>") || owner.startsWith("java.lang.invoke.");
    }
}
