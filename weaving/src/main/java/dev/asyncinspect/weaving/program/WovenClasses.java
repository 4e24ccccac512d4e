package dev.asyncinspect.weaving.program;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;

/** Which classes of which loaders were woven: by name, and weakly, so that programs can be unloaded. Any thread. */
final class WovenClasses {

    /* Guarded by this. Asked and told once for each woven class, by a thread that loads a class, which waits for other locks anyway. */
    private final Map<ClassLoader, Set<String>> names = new WeakHashMap<>();

    synchronized void add(ClassLoader loader, String internalName) {
        names.computeIfAbsent(loader, none -> new HashSet<>()).add(internalName);
    }

    synchronized boolean contains(ClassLoader loader, String internalName) {
        return names.getOrDefault(loader, Set.of()).contains(internalName);
    }

    /** Those among these classes that were woven. */
    synchronized List<Class<?>> among(Class<?>[] loaded) {
        List<Class<?>> found = new ArrayList<>();
        if (names.isEmpty()) {
            return found;
        }
        for (Class<?> type : loaded) {
            Set<String> ofLoader = type.getClassLoader() == null ? null : names.get(type.getClassLoader());
            if (ofLoader != null && ofLoader.contains(type.getName().replace('.', '/'))) {
                found.add(type);
            }
        }
        return found;
    }
}
