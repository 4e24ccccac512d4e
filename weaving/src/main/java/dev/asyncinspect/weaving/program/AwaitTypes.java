package dev.asyncinspect.weaving.program;

import dev.asyncinspect.core.event.AwaitCalls;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;

/** Tells which calls of one class can block, by what the classes are that it calls. For one thread. */
final class AwaitTypes implements AwaitQuestion {

    /*
     * No class of the program is loaded for it, because that could happen in the middle of loading another one: its file is read, by the
     * loader of the class that calls it. Types of the JDK are there already, or harm nobody. A class without a file tells nothing, and
     * its calls are no awaits here, as they are none for who reads a stack and the class files.
     */

    private static final List<String> JDK = List.of("java/", "javax/", "jdk/", "sun/");

    private final @Nullable ClassLoader loader;
    private final Map<String, Set<String>> supertypes = new HashMap<>();

    /**
     * The calls of a class.
     *
     * @param loader of the class
     * @param reader the class itself, which may not be loaded yet
     */
    AwaitTypes(@Nullable ClassLoader loader, ClassReader reader) {
        this.loader = loader;
        Set<String> own = new HashSet<>();
        Deque<String> open = new ArrayDeque<>();
        direct(reader, own, open);
        supertypes.put(reader.getClassName(), walk(own, open));
    }

    @Override
    public boolean isAwait(String owner, String method) {
        Set<String> types = AwaitCalls.typesWith(method);
        if (types.isEmpty()) {
            return false;
        }
        if (AwaitCalls.isEveryones(types) || types.contains(owner.replace('/', '.'))) {
            return true;
        }
        for (String supertype : of(owner)) {
            if (types.contains(supertype.replace('/', '.'))) {
                return true;
            }
        }
        return false;
    }

    private Set<String> of(String type) {
        Set<String> known = supertypes.get(type);
        if (known == null) {
            Set<String> found = new HashSet<>();
            known = walk(found, new ArrayDeque<>(List.of(type)));
            supertypes.put(type, known);
        }
        return known;
    }

    private Set<String> walk(Set<String> found, Deque<String> open) {
        while (!open.isEmpty()) {
            String type = open.remove();
            if (!addJdk(type, found)) {
                addProgram(type, found, open);
            }
        }
        return found;
    }

    /** False if it is no class of the JDK. */
    private static boolean addJdk(String type, Set<String> found) {
        if (JDK.stream().noneMatch(type::startsWith)) {
            return false;
        }
        try {
            add(Class.forName(type.replace('/', '.'), false, ClassLoader.getPlatformClassLoader()), found);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false; // javax is also the name of things that programs bring along
        }
    }

    private static void add(Class<?> type, Set<String> found) {
        for (Class<?> each : type.getInterfaces()) {
            found.add(each.getName());
            add(each, found);
        }
        Class<?> above = type.getSuperclass();
        if (above != null) {
            found.add(above.getName());
            add(above, found);
        }
    }

    private void addProgram(String type, Set<String> found, Deque<String> open) {
        String file = type + ".class";
        try (InputStream in =
                loader == null ? ClassLoader.getSystemResourceAsStream(file) : loader.getResourceAsStream(file)) {
            if (in != null) {
                direct(new ClassReader(in.readAllBytes()), found, open);
            }
        } catch (IOException | RuntimeException e) {
            // Not to be read, by whatever loader of the program: it tells nothing.
        }
    }

    private static void direct(ClassReader reader, Set<String> found, Deque<String> open) {
        String above = reader.getSuperName();
        if (above != null && !above.equals("java/lang/Object") && found.add(above)) {
            open.add(above);
        }
        for (String type : reader.getInterfaces()) {
            if (found.add(type)) {
                open.add(type);
            }
        }
    }
}
