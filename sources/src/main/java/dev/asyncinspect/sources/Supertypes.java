package dev.asyncinspect.sources;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** The classes and interfaces that a class extends, from class files. Not thread-safe. */
final class Supertypes {

    private final ClassFiles classes;
    private final Map<String, Set<String>> known = new HashMap<>();

    Supertypes(ClassFiles classes) {
        this.classes = classes;
    }

    /** All supertypes that can be found, by binary name, the class itself not included. */
    Set<String> of(String className) {
        return known.computeIfAbsent(className, this::search);
    }

    private Set<String> search(String className) {
        Set<String> found = new HashSet<>();
        Deque<String> open = new ArrayDeque<>(Set.of(className));
        while (!open.isEmpty()) {
            byte[] bytes = classes.find(open.remove());
            if (bytes != null) {
                addDirect(bytes, found, open);
            }
        }
        return found;
    }

    private static void addDirect(byte[] bytes, Set<String> found, Deque<String> open) {
        try {
            ClassReader reader = new ClassReader(bytes);
            add(reader.getSuperName(), found, open);
            for (String type : reader.getInterfaces()) {
                add(type, found, open);
            }
        } catch (RuntimeException e) {
            // A class file that cannot be read tells nothing: its supertypes stay unknown, which only hides edges.
        }
    }

    private static void add(@Nullable String internalName, Set<String> found, Deque<String> open) {
        if (internalName != null
                && !internalName.equals("java/lang/Object")
                && found.add(internalName.replace('/', '.'))) {
            open.add(internalName.replace('/', '.'));
        }
    }
}
